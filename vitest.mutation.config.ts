import { defineConfig } from "vitest/config";

const folder = process.env["MUTATION_FOLDER"] ?? "*";

/**
 * The tests of core that mutants must fail. Left out is what takes too long to run for each of them: times of large
 * cells, which instrumented code cannot keep, and Mermaid and hostile texts, which have gates of their own.
 */
export default defineConfig({
  test: {
    include: [`test/core/${folder}/**/*.test.ts`],
    exclude: [
      "test/core/log/large-cells.test.ts",
      "test/core/report/hostile.test.ts",
      "test/core/report/mermaid.test.ts",
    ],
    setupFiles: ["scripts/mutation-setup.mjs"],
    testTimeout: 60_000,
  },
});

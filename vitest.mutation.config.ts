import { defineConfig } from "vitest/config";

const folder = process.env["MUTATION_FOLDER"] ?? "*";

/**
 * The tests of core that mutants must fail. Left out are those that instrumented code cannot keep, of times and of how
 * many of a thousand values were refused, and Mermaid and hostile texts, which take too long to be run for each mutant.
 */
export default defineConfig({
  test: {
    include: [`test/core/${folder}/**/*.test.ts`],
    exclude: [
      "test/core/log/large-cells.test.ts",
      "test/core/log/mutations.test.ts",
      "test/core/report/hostile.test.ts",
      "test/core/report/mermaid.test.ts",
    ],
    setupFiles: ["scripts/mutation-setup.mjs"],
    testTimeout: 60_000,
  },
});

import { defineConfig } from "vitest/config";

const folder = process.env["MUTATION_FOLDER"] ?? "*";

/** The tests of core that mutants must fail; times of instrumented code say nothing, so the test of them is left out. */
export default defineConfig({
  test: {
    include: [`test/core/${folder}/**/*.test.ts`],
    exclude: ["test/core/log/large-cells.test.ts"],
    testTimeout: 60_000,
  },
});

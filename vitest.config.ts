import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/interop/**"],
    // Only against what never ends: several runs may share the machine.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    pool: "forks",
    maxWorkers: 2,
    // For `npm run coverage`, which runs the tests of core alone. A file of types has no code and no line here.
    coverage: {
      include: ["src/core/**/*.ts"],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
      reporter: [["text", { skipFull: true }]],
    },
  },
});

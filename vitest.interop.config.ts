import { defineConfig } from "vitest/config";

/** Tests against other programs on PATH: `npx vitest run --config vitest.interop.config.ts`. */
export default defineConfig({
  test: { include: ["test/interop/**/*.test.ts"], testTimeout: 60_000, pool: "forks" },
});

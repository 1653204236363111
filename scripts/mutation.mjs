// Mutation score of core, folder by folder: each folder's mutants must be noticed by that folder's own tests, which is
// stricter than all tests together and many times faster. Folders can be named: `npm run mutation -- log sync`.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";

const folders = readdirSync("src/core", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const named = process.argv.slice(2);
const unknown = named.filter((name) => !folders.includes(name));
if (unknown.length > 0) {
  console.error(
    `src/core has no folder ${unknown.join(", ")}; its folders are ${folders.join(", ")}.`,
  );
  process.exit(2);
}

const failed = (named.length > 0 ? named : folders).filter((folder) => !runStryker(folder));
if (failed.length > 0) console.error(`Below the mutation score: ${failed.join(", ")}.`);
process.exitCode = failed.length > 0 ? 1 : 0;

function runStryker(folder) {
  const args = ["stryker", "run", "--mutate", `src/core/${folder}/**/*.ts`];
  const env = { ...process.env, MUTATION_FOLDER: folder };
  console.log(`\n# src/core/${folder}`);
  return spawnSync("npx", args, { env, stdio: "inherit" }).status === 0;
}

// Imports a TypeScript module of src from a script, on every supported Node.
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Bundles the module beside node_modules, so that what it imports resolves, and imports it. */
export async function importSource(path) {
  const folder = await mkdtemp(join(ROOT, "node_modules", ".import-"));
  try {
    const outfile = join(folder, "module.mjs");
    await build({
      absWorkingDir: ROOT,
      entryPoints: [path],
      outfile,
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      target: "node20",
      logLevel: "error",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

import { basename, join } from "node:path";
import { build } from "esbuild";

const MODULES = join(import.meta.dirname, "../../node_modules");

/** Bundles a TypeScript file for `node`; it stands where it finds the project's packages. The program's path. */
export async function buildProgram(source: string): Promise<string> {
  const outfile = join(MODULES, `.monitor-${basename(source, ".ts")}.mjs`);
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
  });
  return outfile;
}

// Bundles the Action and the command line into dist/. What is loaded lazily lands in chunks of its own, so that
// a run pays only for what it uses. The output depends on the sources and the lock file alone.
import { rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { collectLicenses } from "./licenses.mjs";

const outdir = process.argv[2] ?? "dist";

/**
 * @actions/core can fetch OpenID tokens and for that loads an HTTP client of 800 kB at start; nothing here asks for
 * such a token, so the client is left out of the bundle. (Half the start-up time of a typical Action is that client.)
 */
const withoutOpenIdClient = {
  name: "without-openid-client",
  setup(build) {
    build.onResolve({ filter: /^@actions\/http-client/ }, ({ importer }) =>
      importer.includes("/@actions/core/")
        ? { path: "http-client", namespace: "left-out" }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "left-out" }, () => ({
      contents:
        "export class HttpClient { constructor() { throw new Error('OpenID tokens are not part of this bundle'); } }\n" +
        "export class BearerCredentialHandler {}\n",
      loader: "js",
    }));
  },
};

/** What CommonJS packages expect to find around them. */
const COMMONJS_NAMES = [
  'import { createRequire as createRequireOfBundle } from "node:module";',
  'import { fileURLToPath as pathOfBundle } from "node:url";',
  "const require = createRequireOfBundle(import.meta.url);",
  "const __filename = pathOfBundle(import.meta.url);",
].join("\n");

/**
 * commander can run sub-commands as programs of their own and for that loads child processes at start; no command
 * here is one.
 */
const withoutSubprograms = {
  name: "without-subprograms",
  setup(build) {
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes("/commander/") ? { path: "subprograms", namespace: "unused" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "unused" }, () => ({
      contents: "export {};",
      loader: "js",
    }));
  },
};

await rm(outdir, { recursive: true, force: true });
const result = await build({
  entryPoints: { action: "src/entry/action.ts", cli: "src/entry/cli.ts" },
  outdir,
  outExtension: { ".js": ".mjs" },
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  mainFields: ["module", "main"],
  metafile: true,
  legalComments: "none",
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: "warning",
  banner: { js: COMMONJS_NAMES },
  plugins: [withoutOpenIdClient, withoutSubprograms],
});
await writeFile(
  `${outdir}/licenses.txt`,
  await collectLicenses(Object.keys(result.metafile.inputs)),
);

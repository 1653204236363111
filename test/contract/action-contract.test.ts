import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { DECISIONS, INPUT_NAMES, INPUTS, OUTPUTS } from "../../src/core/config/inputs.ts";
import { parseConfig } from "../../src/core/config/parse-config.ts";
import { sourceFiles } from "./source-files.ts";

interface ActionFile {
  readonly inputs: Record<string, { description: string; required: boolean; default?: string }>;
  readonly outputs: Record<string, { description: string }>;
  readonly runs: Record<string, string>;
}

const action: ActionFile = parse(readFileSync("action.yml", "utf8"));

describe("action.yml", () => {
  test("has exactly the inputs of the registry, with their defaults and descriptions", () => {
    const expected = Object.fromEntries(
      Object.entries(INPUTS).map(([name, input]) => [
        name,
        {
          description: input.description,
          required: false,
          ...("default" in input ? { default: input.default } : {}),
        },
      ]),
    );
    expect(action.inputs).toEqual(expected);
  });

  test("has exactly the outputs of the registry", () => {
    const expected = Object.entries(OUTPUTS).map(([name, description]) => [name, { description }]);
    expect(action.outputs).toEqual(Object.fromEntries(expected));
  });

  test("runs the committed bundle on node24", () => {
    expect(action.runs).toEqual({ using: "node24", main: "dist/action.cjs" });
  });

  test("has defaults that are valid configuration", () => {
    const defaults = Object.fromEntries(
      Object.entries(action.inputs).map(([name, input]) => [name, input.default]),
    );
    expect(parseConfig({ ...defaults, token: "" })).toEqual(parseConfig({}));
  });
});

describe("the registry", () => {
  test("lists in the description of decision every value it can have", () => {
    const named = [...OUTPUTS.decision.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name);
    expect(named).toEqual([...DECISIONS]);
  });

  test("describes in sentences, and says where a value without default comes from", () => {
    for (const name of INPUT_NAMES) {
      const input = INPUTS[name];
      expect(input.description, name).toMatch(/^[A-Z].*\.$/s);
      expect("default" in input !== "otherwise" in input, name).toBe(true);
    }
  });

  test("names in a description every value that can be chosen", () => {
    for (const name of INPUT_NAMES) {
      const { kind, description } = INPUTS[name];
      if (kind.type !== "choice") continue;
      for (const value of kind.values) expect(description, name).toContain(`\`${value}\``);
    }
  });
});

test.each(["docs/action.md", "README.md"])("%s has the tables of the registry", (path) => {
  const page = readFileSync(path, "utf8");
  for (const [name, input] of Object.entries(INPUTS)) {
    const shown = "default" in input ? `\`${input.default}\`` : input.otherwise;
    expect(page).toContain(`| \`${name}\` | ${shown} | ${input.description} |`);
  }
  for (const [name, description] of Object.entries(OUTPUTS)) {
    expect(page).toContain(`| \`${name}\` | ${description} |`);
  }
});

test("inputs are read in one place", () => {
  const readers = sourceFiles("src").filter(({ text }) => /\bgetInput\b|["`]INPUT_/.test(text));
  expect(readers.map(({ path }) => path)).toEqual(["src/adapters/actions/inputs.ts"]);
});

test("outputs are written in one place", () => {
  const writers = sourceFiles("src").filter(({ text }) => /\bsetOutput\b|GITHUB_OUTPUT/.test(text));
  expect(writers.map(({ path }) => path)).toEqual(["src/adapters/actions/reporter.ts"]);
});

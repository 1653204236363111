import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { FORM_FIELDS } from "../../src/core/command/form-fields.ts";
import { parseForm } from "../../src/core/command/parse-form.ts";
import { MODES } from "../../src/core/log/columns.ts";
import { ROOT } from "./pages.ts";

interface Element {
  readonly type: string;
  readonly id?: string;
  readonly attributes: {
    readonly label?: string;
    readonly value?: string;
    readonly description?: string;
    readonly placeholder?: string;
    readonly options?: readonly unknown[];
    readonly render?: string;
  };
  readonly validations?: { readonly required?: boolean };
}

const form = parse(
  readFileSync(`${ROOT}examples/ISSUE_TEMPLATE/experiment-proposal.yml`, "utf8"),
) as { readonly name: string; readonly description: string; readonly body: readonly Element[] };
const fields = form.body.filter(({ type }) => type !== "markdown");
const labels = fields.map(({ attributes }) => attributes.label ?? "");

it("the form's labels are the fields that are read", () => {
  expect(labels.toSorted()).toEqual([...FORM_FIELDS.keys()].toSorted());
});

/** https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/common-validation-errors-when-creating-issue-forms */
describe("the form keeps GitHub's rules", () => {
  it("has the required keys and no others", () => {
    expect(Object.keys(form).toSorted()).toEqual(["body", "description", "name", "title"]);
    expect(form.name.length).toBeGreaterThan(3);
    expect(form.description.length).toBeGreaterThan(3);
  });

  it("has known types, unique ids and labels", () => {
    const types = new Set(form.body.map(({ type }) => type));
    expect([...types].toSorted()).toEqual(["dropdown", "input", "markdown", "textarea"]);
    const ids = fields.map(({ id }) => id ?? "");
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(labels.map((label) => label.toLowerCase())).size).toBe(labels.length);
  });

  it("has dropdowns of unique texts, none of them the reserved None", () => {
    const dropdowns = fields.filter(({ type }) => type === "dropdown");
    for (const { attributes } of dropdowns) {
      const options = attributes.options ?? [];
      expect(options.length).toBeGreaterThan(0);
      expect(options.every((option) => typeof option === "string" && option !== "")).toBe(true);
      expect(new Set(options).size).toBe(options.length);
      expect(options.map((option) => String(option).toLowerCase())).not.toContain("none");
    }
    expect(dropdowns.map(({ attributes }) => attributes.options)).toEqual([
      [...MODES].toReversed(),
    ]);
  });

  it("asks for a hypothesis and for nothing else", () => {
    const required = fields.filter(({ validations }) => validations?.required === true);
    expect(required.map(({ attributes }) => attributes.label)).toEqual(["Hypothesis"]);
  });
});

/** The body that GitHub makes of a form: a heading for each field, `_No response_` for an empty one. */
function bodyOf(answers: ReadonlyMap<string, string>): string {
  return fields
    .map(({ attributes }) => {
      const answer = answers.get(attributes.label ?? "");
      if (answer === undefined) return `### ${attributes.label}\n\n_No response_`;
      const text =
        attributes.render === undefined ? answer : `\`\`\`${attributes.render}\n${answer}\n\`\`\``;
      return `### ${attributes.label}\n\n${text}`;
    })
    .join("\n\n");
}

it("an issue opened from the form is one proposal", () => {
  const answers = new Map([
    ["Hypothesis", "A smaller step helps."],
    ["Expected outcome", "val_loss below 2"],
    ["Parent experiment", "lr-1e-3"],
    ["Command", "python train.py --lr=3e-4"],
    ["Mode", "min"],
    ["Experiment id", "lr-3e-4"],
    ["Session", "mnist"],
  ]);
  const parsed = parseForm(bodyOf(answers));
  expect(parsed).toMatchObject({
    kind: "commands",
    commands: [
      {
        command: {
          name: "propose",
          id: "lr-3e-4",
          session: "mnist",
          isSweep: false,
          fields: {
            hypothesis: "A smaller step helps.",
            expect: "val_loss below 2",
            parent: "lr-1e-3",
            command: "python train.py --lr=3e-4",
            mode: "min",
          },
        },
      },
    ],
  });
});

it("an issue opened from the form without a word is refused, not ignored", () => {
  expect(parseForm(bodyOf(new Map())).kind).toBe("invalid");
});

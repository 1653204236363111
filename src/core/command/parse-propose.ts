import { MODES } from "../log/columns.ts";
import { present } from "../text/present.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import type { Command, ProposalFields } from "./command.ts";
import { addMissing, addTooLong, addTooMany, type Draft } from "./draft.ts";
import { type FieldText, parseFields } from "./parse-fields.ts";
import { PROPOSAL_FIELDS, type ProposalField } from "./proposal-fields.ts";
import { problemOfArgument } from "./text-limits.ts";
import type { Fault } from "./tokenise.ts";

const NEW_ID = /^[A-Za-z0-9][A-Za-z0-9._~:+-]{0,99}$/;

/** What is wrong with an id that a proposal asks for; `undefined` when nothing is. */
export function problemOfNewId(id: string): string | undefined {
  if (NEW_ID.test(id)) return undefined;
  return `${quoteUntrusted(id)} cannot be a new experiment's id: those are 1 to 100 letters, digits and . _ ~ : + - of ASCII, beginning with a letter or digit.`;
}

/** What is wrong with a mode; `undefined` when nothing is. */
function problemOfMode(mode: string): string | undefined {
  if (MODES.some((known) => known === mode)) return undefined;
  return `${quoteUntrusted(mode)} is no mode; write max when larger is better, min when smaller is.`;
}

/** Reads `/propose`. */
export function parsePropose(draft: Draft): Command {
  addTooMany(
    draft,
    1,
    "/propose takes one new id on its line; put the hypothesis on the lines below, and values with spaces in quotes.",
  );
  const id = takeNewId(draft);
  const fields = takeFields(draft);
  if (fields.hypothesis === undefined) {
    addMissing(
      draft,
      "The hypothesis is missing; write on the lines below what you expect and why.",
    );
  }
  const isSweep = draft.flags.has("sweep");
  return { name: "propose", fields, isSweep, ...present({ id }) };
}

function takeNewId(draft: Draft): string | undefined {
  const [id] = draft.words;
  if (id === undefined) return undefined;
  const sentence = problemOfNewId(id.text);
  if (sentence !== undefined) draft.faults.push({ at: id.at, sentence });
  return id.text;
}

/** Where a field's text was given: behind its key, or on lines below. */
interface Given {
  readonly field: ProposalField;
  readonly text: string;
  readonly place: Pick<Fault, "at" | "line">;
}

/** Reads the fields from keys and from the lines below; the same text twice is no contradiction. */
function takeFields(draft: Draft): ProposalFields {
  const { fields: below, faults } = parseFields(draft.recognised.below);
  draft.faults.push(...faults);
  const given = PROPOSAL_FIELDS.flatMap((field): Given[] => {
    const key = draft.values.get(field);
    const lines = below.get(field);
    if (key === undefined) {
      return lines === undefined ? [] : [{ field, text: lines.text, place: { line: lines.line } }];
    }
    const text = field === "parent" ? key.text : key.text.trim();
    if (lines !== undefined && lines.text !== text) draft.faults.push(contradiction(field, lines));
    return [{ field, text, place: { at: key.at } }];
  });
  for (const one of given) addFieldFault(draft, one);
  addTooLong(
    draft,
    given.map(({ text }) => text),
  );
  return Object.fromEntries(given.map(({ field, text }) => [field, text])) as ProposalFields;
}

function contradiction(field: ProposalField, { line }: FieldText): Fault {
  return {
    line,
    sentence: `The ${field} here is another than ${field}= of the command; give it once.`,
  };
}

/** What a field may be, but for texts. */
export const FIELD_CHECKS: ReadonlyMap<string, (text: string) => string | undefined> = new Map([
  ["parent", problemOfArgument],
  ["metric", problemOfArgument],
  ["mode", problemOfMode],
]);

function addFieldFault(draft: Draft, { field, text, place }: Given): void {
  const sentence = FIELD_CHECKS.get(field)?.(text);
  if (sentence !== undefined) draft.faults.push({ ...place, sentence });
}

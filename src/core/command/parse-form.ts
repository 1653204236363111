import { present } from "../text/present.ts";
import type { Command, ParsedComment, ProposalFields } from "./command.ts";
import { problemOfSession } from "./draft.ts";
import { FORM_FIELDS, type FormField } from "./form-fields.ts";
import { unwrapFence } from "./parse-fields.ts";
import { FIELD_CHECKS, problemOfNewId } from "./parse-propose.ts";
import { byPlace, invalidBody, refuseBody } from "./problem.ts";
import { readSections, type Section } from "./read-sections.ts";
import { type SourceText, splitSource } from "./source-text.ts";
import { problemOfTexts } from "./text-limits.ts";

interface Problem {
  readonly line: number;
  readonly sentence: string;
}

const HYPOTHESIS = "Hypothesis";

/** A field of the form that somebody has filled in. */
interface Answer {
  readonly field: FormField;
  readonly label: string;
  readonly text: string;
  /** Of the heading, from 1. */
  readonly line: number;
}

/**
 * Reads the body of an issue that was opened from the form as one `/propose`: `### Label`, then the answer. A body
 * without the heading of the hypothesis is no such form.
 */
export function parseForm(body: string): ParsedComment {
  if (!body.includes(HYPOTHESIS)) return { kind: "none" };
  const refusal = refuseBody(body);
  if (refusal !== undefined) return invalidBody(body, refusal);
  const text = splitSource(body);
  const read = readSections(text, new Set(FORM_FIELDS.keys()));
  if (read.kind === "excess") return invalidBody(body, read.sentence);
  const heading = read.sections.find(({ label }) => label === HYPOTHESIS);
  return heading === undefined ? { kind: "none" } : readForm(text, read.sections, heading);
}

function readForm(text: SourceText, sections: readonly Section[], heading: Section): ParsedComment {
  const answers = sections.flatMap(answerOf);
  const problems = [...problemsOfRepeats(sections), ...answers.flatMap(problemsOf)];
  const texts = new Map(answers.map(({ field, text: answer }) => [field, answer]));
  if (!texts.has("hypothesis")) {
    problems.push({
      line: heading.line,
      sentence: "The hypothesis is missing; write what you expect and why.",
    });
  }
  const tooLong = problemOfTexts(answers.map((answer) => answer.text));
  if (tooLong !== undefined) problems.push({ line: heading.line, sentence: tooLong });
  const sourceOf = (line: number) => text.lines[line - 1] as string;
  if (problems.length > 0) {
    const placed = problems.map((problem) => ({ ...problem, source: sourceOf(problem.line) }));
    return { kind: "invalid", problems: placed.sort(byPlace), commands: [], names: ["propose"] };
  }
  const placed = { command: proposalOf(texts), line: heading.line, source: sourceOf(heading.line) };
  return { kind: "commands", commands: [placed] };
}

function proposalOf(texts: ReadonlyMap<FormField, string>): Command {
  const { id, session, ...fields } = Object.fromEntries(texts);
  return {
    name: "propose",
    fields: fields as ProposalFields,
    isSweep: false,
    ...present({ id, session }),
  };
}

/** What GitHub puts for a field that was left empty, and for a list of which nothing was chosen. */
const NO_ANSWER: ReadonlySet<string> = new Set(["", "_No response_", "None"]);

function answerOf({ label, line, text }: Section): Answer[] {
  const field = FORM_FIELDS.get(label) as FormField;
  return NO_ANSWER.has(text) ? [] : [{ field, label, line, text: unwrapFence(text) }];
}

function problemsOfRepeats(sections: readonly Section[]): Problem[] {
  return sections.flatMap(({ label, line }, index) => {
    const first = sections.findIndex((other) => other.label === label);
    if (first === index) return [];
    return [
      {
        line,
        sentence: `The heading ${label} stands here again; an answer must not contain a heading of the form.`,
      },
    ];
  });
}

const CHECKS: ReadonlyMap<string, (text: string) => string | undefined> = new Map([
  ["id", problemOfNewId],
  ["session", problemOfSession],
  ...FIELD_CHECKS,
]);

function problemsOf({ field, label, line, text }: Answer): Problem[] {
  const sentence = CHECKS.get(field)?.(text);
  return sentence === undefined ? [] : [{ line, sentence: `${label}: ${sentence}` }];
}

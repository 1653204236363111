import { PROPOSAL_FIELDS, type ProposalField } from "./proposal-fields.ts";
import type { BodyLine } from "./recognise.ts";
import type { Fault } from "./tokenise.ts";

/** A field as it was written. */
export interface FieldText {
  readonly text: string;
  /** Where it begins, from 1. */
  readonly line: number;
}

interface Part {
  readonly field: ProposalField;
  readonly line: number;
  readonly lines: string[];
  /** Begins with its name; the hypothesis needs none. */
  readonly isNamed: boolean;
}

const FIELD = /^ {0,3}([A-Za-z]+)[ \t]*:(.*)$/s;

/** Reads the lines below `/propose`: `field: value`, each running on until the next; what stands before is the hypothesis. */
export function parseFields(lines: readonly BodyLine[]): {
  readonly fields: ReadonlyMap<ProposalField, FieldText>;
  readonly faults: readonly Fault[];
} {
  const parts: Part[] = [];
  let current: Part = {
    field: "hypothesis",
    line: lines[0]?.line ?? 0,
    lines: [],
    isNamed: false,
  };
  for (const { line, text, isCode } of lines) {
    const match = isCode ? null : FIELD.exec(text);
    const field = fieldNamed(match?.[1]);
    if (field === undefined) current.lines.push(text);
    else {
      parts.push(current);
      current = { field, line, lines: [match?.[2] as string], isNamed: true };
    }
  }
  return joinParts([...parts, current]);
}

function fieldNamed(name: string | undefined): ProposalField | undefined {
  const lower = name?.toLowerCase();
  return PROPOSAL_FIELDS.find((field) => field === lower);
}

function joinParts(parts: readonly Part[]): {
  fields: ReadonlyMap<ProposalField, FieldText>;
  faults: readonly Fault[];
} {
  const fields = new Map<ProposalField, FieldText>();
  const faults: Fault[] = [];
  for (const { field, line, lines, isNamed } of parts) {
    const text = unwrapFence(lines.join("\n").trim());
    const earlier = fields.get(field);
    if (text === "") {
      const sentence = `The ${field} is empty; write it behind the colon, or leave the line out.`;
      // A hypothesis that is nowhere else is told to be missing.
      const isTold = field === "hypothesis" && earlier === undefined;
      if (isNamed && !isTold) faults.push({ line, sentence });
    } else if (earlier === undefined) fields.set(field, { text, line });
    else {
      faults.push({
        line,
        sentence: `The ${field} is given on line ${earlier.line} already; give it once. Text before the first field is the hypothesis.`,
      });
    }
  }
  return { fields, faults };
}

const FENCE = /^(`{3,}|~{3,})[^`\n]*$/;

/** A text that is one fence, without the fence; any other text as it is. */
export function unwrapFence(text: string): string {
  const lines = text.split("\n");
  const fence = FENCE.exec(lines[0] as string)?.[1];
  if (fence === undefined) return text;
  const closes = (line: string) => isClosing(line.trim(), fence);
  if (lines.findIndex((line, index) => index > 0 && closes(line)) !== lines.length - 1) return text;
  return lines.slice(1, -1).join("\n").trim();
}

function isClosing(line: string, fence: string): boolean {
  return line.length >= fence.length && line === fence.charAt(0).repeat(line.length);
}

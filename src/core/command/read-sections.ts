import { buildOutline } from "./outline.ts";
import type { SourceText } from "./source-text.ts";
import type { Excess } from "./structure-limits.ts";
import { visibleLines } from "./visible-lines.ts";

/** What stands below a heading of the issue form. */
export interface Section {
  readonly label: string;
  /** Of the heading, from 1. */
  readonly line: number;
  /** Without HTML comments, and without white space around it. */
  readonly text: string;
}

const HEADING = /^### (.*)$/;

/** Reads the sections of an issue form: `### Label` with one of the labels; other headings are part of an answer. */
export function readSections(
  text: SourceText,
  labels: ReadonlySet<string>,
): { readonly kind: "sections"; readonly sections: readonly Section[] } | Excess {
  const read = buildOutline(text, new Set());
  if (read.kind === "excess") return read;
  const { hidden, headings } = read.outline;
  const found = text.lines.flatMap((line, index) => {
    const label = HEADING.exec(line)?.[1]?.trimEnd() ?? "";
    return labels.has(label) && headings.has(index + 1) ? [{ label, line: index + 1 }] : [];
  });
  const { kept } = visibleLines(text, hidden);
  const sections = found.map(({ label, line }, index) => {
    const lines = kept.slice(line, (found[index + 1]?.line ?? kept.length + 1) - 1);
    const own = lines.filter((one) => one !== undefined);
    return { label, line, text: own.join("\n").trim() };
  });
  return { kind: "sections", sections };
}

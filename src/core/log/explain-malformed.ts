import { parse } from "csv-parse/sync";
import { LogError } from "../errors.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import type { Malformed } from "./index-records.ts";
import { lineColumnAt } from "./position.ts";

const REMEDIES: Readonly<Record<Malformed["kind"], string>> = {
  "open-quote": 'Close the quote, or write "" for a quote inside a quoted cell.',
  "text-after-quote":
    'Only a comma or a line end may follow a closing quote; write "" for a quote inside a cell.',
  "quote-in-text": 'Put the whole cell in quotes and double the quotes inside it ("").',
  "carriage-return": "Put the cell in quotes, or end the line with LF or CRLF.",
  "field-count": "Put cells that hold a comma or a line break in quotes, and remove empty lines.",
};

/** How a merge in conflict is ended. */
export const FINISH_THE_MERGE =
  "Finish the merge (`git checkout --conflict=merge` shows both sides), then try again.";

/** The sentence for a file that is not RFC 4180, with csv-parse's verdict as its cause. */
export function explainMalformed(input: {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly path: string;
  readonly problem: Malformed;
}): LogError {
  const { problem, text, path } = input;
  const place = { path, ...lineColumnAt(text, problem.offset) };
  if (problem.kind === "field-count" && isSeparator(text, problem.offset)) {
    return new LogError("found a git conflict marker", { ...place, remedy: FINISH_THE_MERGE });
  }
  return new LogError(describe(problem, text), {
    ...place,
    remedy: REMEDIES[problem.kind],
    cause: judge(input.bytes),
  });
}

/** Whether a line is one that git writes between the sides of a conflict. */
export function isSeparator(text: string, offset: number): boolean {
  return /^(?:={7}(?:\r?\n|$)|\|{7} )/.test(text.slice(offset, offset + 9));
}

function describe(problem: Malformed, text: string): string {
  switch (problem.kind) {
    case "open-quote":
      return `a quote is opened here and never closed: ${excerpt(text, problem.offset)}`;
    case "text-after-quote":
      return `text follows a closing quote: ${excerpt(text, problem.offset)}`;
    case "quote-in-text":
      return `a quote stands inside a cell that does not begin with one: ${excerpt(text, problem.offset)}`;
    case "carriage-return":
      return "a carriage return stands outside quotes without a line feed";
    case "field-count":
      return `the record has ${problem.found} ${problem.found === 1 ? "field" : "fields"}, the header has ${problem.expected}: ${excerpt(text, problem.offset)}`;
  }
}

function excerpt(text: string, offset: number): string {
  const line = text.slice(offset, offset + 240).replace(/[\r\n][\s\S]*/, "");
  return quoteUntrusted(Buffer.from(line, "latin1").toString("utf8"));
}

/** What csv-parse says of the file, where it agrees that something is wrong. */
function judge(bytes: Uint8Array): unknown {
  try {
    parse(Buffer.from(bytes), CSV_PARSE_OPTIONS);
    return undefined;
  } catch (verdict) {
    return verdict;
  }
}

/** How csv-parse reads a log: strictly, with either line end. */
export const CSV_PARSE_OPTIONS = {
  bom: true,
  record_delimiter: ["\r\n", "\n"],
  relax_column_count: false,
  relax_quotes: false,
  skip_empty_lines: false,
};

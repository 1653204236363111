import type { LogTable } from "../../log/table.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { quoteUntrusted } from "../../text/safe-log.ts";
import type { Word } from "../command.ts";
import { experimentIds, unknownId } from "./find-rows.ts";
import type { Complaint } from "./verdict.ts";

/** Words of which the first ones name experiments and the others are a reason. */
export interface ReadWords {
  readonly ids: readonly string[];
  readonly reason: string;
  readonly complaints: readonly Complaint[];
}

/**
 * Tells ids from a reason: the words before the first that names no experiment are ids. Where a word may just as well
 * be a mistyped id, or the last of several ids the begin of the reason, it is asked about rather than guessed.
 *
 * @param text the reason from the lines below
 */
export function readWords(
  table: LogTable,
  said: { readonly words: readonly Word[]; readonly text?: string },
): ReadWords {
  const { words, text } = said;
  const ids = leadingIds(words, (id) => table.rowOf(id) !== undefined);
  const rest = words.slice(ids.length);
  const reason = [rest.map((word) => word.text).join(" "), text ?? ""]
    .filter((part) => part.trim() !== "")
    .join("\n");
  return { ids, reason, complaints: findMistakes(table, { ids, rest, reason }) };
}

/** The words before the first that names no experiment. */
export function leadingIds(
  words: readonly Word[],
  isId: (text: string) => boolean,
): readonly string[] {
  const end = words.findIndex(({ text }) => !isId(text));
  return words.slice(0, end < 0 ? words.length : end).map(({ text }) => text);
}

function findMistakes(
  table: LogTable,
  read: {
    readonly ids: readonly string[];
    readonly rest: readonly Word[];
    readonly reason: string;
  },
): readonly Complaint[] {
  const [first, ...others] = read.rest;
  if (read.ids.length === 0 && first !== undefined) {
    return [{ ...unknownId(table, first.text), showsUsage: true }];
  }
  if (read.reason === "") {
    const sentence = "the reason is missing. Write it behind the ids or on the next lines.";
    return [{ sentence, showsUsage: true }];
  }
  if (first === undefined || first.isQuoted) return [];
  const near = nearestName(first.text, experimentIds(table));
  if (near === undefined && others.length > 0) return findBlur(read.ids);
  const hint = near === undefined ? "" : ` Did you mean ${quoteUntrusted(near)}?`;
  const sentence = `there is no experiment ${quoteUntrusted(first.text)} in the log.${hint} If the reason begins here, put it in quotes.`;
  return [{ sentence, word: first.text }];
}

/** Behind several ids the reason may begin with a word that only happens to be one. */
function findBlur([, ...others]: readonly string[]): readonly Complaint[] {
  const last = others.at(-1);
  if (last === undefined) return [];
  const sentence = `whether ${quoteUntrusted(last)} is an experiment to end or begins the reason is not clear. Put the reason in quotes or on the next lines.`;
  return [{ sentence, word: last }];
}

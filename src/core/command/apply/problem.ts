import { countCharacters } from "../../log/position.ts";
import { withPrefix } from "../../text/command-word.ts";
import type { CommandProblem, PlacedCommand } from "../command.ts";
import { COMMANDS } from "../registry.ts";
import type { Complaint } from "./verdict.ts";

/** What a refusal tells the author: the line, the word that is meant, the sentence. */
export function problemOf(
  placed: PlacedCommand,
  complaint: Complaint,
  prefix: string | undefined,
): CommandProblem {
  const { line, source, command } = placed;
  const column = complaint.word === undefined ? undefined : columnOf(source, complaint.word);
  return {
    line,
    source,
    sentence: complaint.sentence,
    ...(column === undefined ? {} : { column }),
    ...(complaint.showsUsage === true
      ? { usage: withPrefix(COMMANDS[command.name].usage, prefix) }
      : {}),
  };
}

/** What may stand before and behind a word of a command line. */
const BEFORE = /[\s"'“‘=]/;
const BEHIND = /[\s"'”’=]|^$/;

/** The column of a word in its line, in characters from 1; `undefined` where it does not stand there as it is. */
function columnOf(source: string, word: string): number | undefined {
  for (let at = source.indexOf(word, 1); at > 0; at = source.indexOf(word, at + 1)) {
    const isWhole =
      BEFORE.test(source.charAt(at - 1)) && BEHIND.test(source.charAt(at + word.length));
    if (isWhole) return countCharacters(source.slice(0, at)) + 1;
  }
  return undefined;
}

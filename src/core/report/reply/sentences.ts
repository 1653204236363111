import type { RootContent } from "mdast";
import type { Command } from "../../command/command.ts";
import { type ChangeCommand, type ChangeName, isQuestion } from "../../command/question.ts";
import { LIMITS } from "../limits.ts";
import { data, type Inline, list, paragraph } from "../markdown.ts";
import { nameOf, namesOf } from "./experiments.ts";
import type { ReplyContext } from "./reply.ts";

/** One sentence for each command that did something. */
export function renderSentences({ session, most }: ReplyContext): readonly RootContent[] {
  const sentences = session.outcomes.flatMap(({ command, experimentIds }) =>
    isQuestion(command) ? [] : [sentenceOf(command, namesOf(experimentIds, most))],
  );
  if (sentences.length === 0) return [];
  return sentences.length === 1 ? [paragraph(sentences)] : [list(sentences)];
}

function sentenceOf(command: ChangeCommand, names: Inline): Inline {
  switch (command.name) {
    case "result":
      return ["The result of ", names, " is recorded", recordedValue(command), "."];
    case "supersede":
      return [names, " is superseded by ", nameOf(command.by), "."];
    case "target":
      return `The target is ${command.value} now.`;
    case "stop":
      return ["The loop is stopped: proposals are taken, nothing is launched.", reasonOf(command)];
    default: {
      const [before, after] = PHRASES[command.name];
      return [before, names, after];
    }
  }
}

/** What stands before and after the names of the experiments. */
const PHRASES: Record<
  Exclude<ChangeName, "result" | "supersede" | "target" | "stop">,
  readonly [string, string]
> = {
  propose: ["Proposed: ", "."],
  hypothesis: ["The hypothesis of ", " is set."],
  note: ["A note was added to ", "."],
  "next-action": ["The next action of ", " is set."],
  approve: ["Approved as it stands: ", "."],
  launch: ["Approved and queued for launch: ", "."],
  reject: ["Rejected: ", "."],
  cancel: ["Cancelled: ", "."],
  baseline: ["The baseline is ", " now."],
  resume: ["The loop goes on", "."],
};

function recordedValue({ value }: Extract<Command, { name: "result" }>): string {
  return value === undefined ? "" : `: ${value}`;
}

function reasonOf({ text }: Extract<Command, { name: "stop" }>): Inline {
  return text === undefined ? "" : [" Reason: ", data(text, LIMITS.text)];
}

import { commandWord } from "../text/command-word.ts";
import type { StopCriterion } from "./stop.ts";

/** Whether the loop goes on, and why. */
export type Decision =
  | { readonly kind: "continue"; readonly reason: ContinueReason; readonly sentence: string }
  | { readonly kind: "stop"; readonly reason: StopReason; readonly sentence: string };

export type ContinueReason = "no-baseline" | "no-criterion-met";
export type StopReason = "paused" | StopCriterion["criterion"];

/** @param prefix the input `command-prefix`, where it is known */
export function pausedSentence(prefix?: string): string {
  const word = (name: string) => commandWord(name, prefix);
  return `The session is paused by ${word("stop")}; ${word("resume")} starts it again.`;
}

/** Decides by the facts alone: a person's stop first, then the first stop criterion that is met. */
export function selectDecision(facts: {
  readonly paused: boolean;
  readonly criteria: readonly StopCriterion[];
  readonly hasBaseline: boolean;
}): Decision {
  const met = facts.criteria.find((criterion) => criterion.met);
  if (facts.paused) {
    return { kind: "stop", reason: "paused", sentence: pausedSentence() };
  }
  if (met !== undefined) return { kind: "stop", reason: met.criterion, sentence: met.sentence };
  if (!facts.hasBaseline) {
    const sentence = "There is no baseline yet: run one, so that results can be compared.";
    return { kind: "continue", reason: "no-baseline", sentence };
  }
  return { kind: "continue", reason: "no-criterion-met", sentence: "No stop criterion is met." };
}

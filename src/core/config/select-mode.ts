import { quoteUntrusted } from "../text/safe-log.ts";
import type { Event } from "./event.ts";
import type { ModeInput } from "./parse-config.ts";

/** Everything the Action can be asked to do by an input or an event. */
export type Mode = "sync" | "report" | "command" | "review";

/** What this run does. */
export type ModeSelection =
  | { readonly kind: "run"; readonly mode: "sync" | "report" }
  /** Nothing to do; the run ends green and says so. */
  | { readonly kind: "ignored"; readonly mode: Mode; readonly sentence: string }
  /** Doing anything would be wrong; the run fails and says why. */
  | { readonly kind: "refused"; readonly sentence: string; readonly remedy: string };

/** Chooses by the input `mode`, and for `auto` by the event. */
export function selectMode(mode: ModeInput, event: Event): ModeSelection {
  if (event.kind === "pull-request-target") return REFUSE_TARGET;
  if (mode !== "auto") return MODES[mode](mode, event);
  const chosen = MODE_OF_EVENT[event.kind];
  return chosen === undefined ? refuseUnknown(event) : MODES[chosen](chosen, event);
}

const MODE_OF_EVENT: Readonly<Record<Event["kind"], Mode | undefined>> = {
  schedule: "sync",
  "workflow-dispatch": "sync",
  "repository-dispatch": "sync",
  push: "sync",
  "issue-comment": "command",
  issue: "command",
  "pull-request": "review",
  "pull-request-target": undefined,
  other: undefined,
};

/** Which modes exist; one that does not yet ends the run green, so that a workflow may name its event already. */
const MODES: Readonly<Record<Mode, (mode: Mode, event: Event) => ModeSelection>> = {
  sync: () => ({ kind: "run", mode: "sync" }),
  report: () => ({ kind: "run", mode: "report" }),
  command: ignore,
  review: ignore,
};

function ignore(mode: Mode, event: Event): ModeSelection {
  const sentence = `Nothing to do: the event ${event.name} belongs to mode ${mode}, which this version does not have.`;
  return { kind: "ignored", mode, sentence };
}

function refuseUnknown(event: Event): ModeSelection {
  return {
    kind: "refused",
    sentence: `Input mode is auto, which knows no mode for the event ${quoteUntrusted(event.name)}.`,
    remedy: "Set mode: sync or mode: report in the workflow.",
  };
}

// https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
const REFUSE_TARGET: ModeSelection = {
  kind: "refused",
  sentence:
    "The event pull_request_target is refused: it gives a write token to a run that a stranger's pull request starts.",
  remedy: "Use pull_request instead; a read-only token is all that is needed there.",
};

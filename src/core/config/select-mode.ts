import { quoteUntrusted } from "../text/safe-log.ts";
import type { Event } from "./event.ts";
import type { ModeInput } from "./parse-config.ts";

/** Everything the Action can be asked to do by an input or an event. */
export type Mode = "sync" | "report" | "command" | "review";

/** The modes that work on sessions of a branch. */
export type SessionMode = Exclude<Mode, "review">;

/** What this run does. */
export type ModeSelection =
  | { readonly kind: "run"; readonly mode: Mode }
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
  "workflow-run": undefined,
  "pull-request-target": undefined,
  other: undefined,
};

/** What each mode makes of an event. */
const MODES: Readonly<Record<Mode, (mode: Mode, event: Event) => ModeSelection>> = {
  sync: () => ({ kind: "run", mode: "sync" }),
  report: () => ({ kind: "run", mode: "report" }),
  command: takeCommands,
  review: reviewChange,
};

/** Without a comment or an issue of its own a run takes the commands that earlier runs have missed. */
function takeCommands(mode: Mode, event: Event): ModeSelection {
  if (event.kind === "issue-comment" && event.action !== "created") {
    return ignored(mode, `only new comments are read for commands, this one was ${changed(event)}`);
  }
  if (event.kind === "issue" && event.action !== "opened") {
    return ignored(mode, `only new issues are read for proposals, this one was ${changed(event)}`);
  }
  if (event.kind === "pull-request") {
    return ignored(mode, "commands stand in comments, not in a pull request itself");
  }
  return { kind: "run", mode: "command" };
}

/** A closed pull request changes nothing any more. */
function reviewChange(mode: Mode, event: Event): ModeSelection {
  if (event.kind === "workflow-run") return { kind: "run", mode: "review" };
  if (event.kind !== "pull-request") {
    return {
      kind: "refused",
      sentence: `Mode review needs a pull request, and the event ${quoteUntrusted(event.name)} has none.`,
      remedy: "Run it on pull_request, or on workflow_run after it.",
    };
  }
  if (event.action === "closed") return ignored(mode, "the pull request is closed");
  return { kind: "run", mode: "review" };
}

function changed({ action }: { readonly action: string }): string {
  return /^[a-z_]{1,32}$/.test(action) ? action.replaceAll("_", " ") : "changed";
}

function ignored(mode: Mode, reason: string): ModeSelection {
  return { kind: "ignored", mode, sentence: `Nothing to do: ${reason}.` };
}

function refuseUnknown(event: Event): ModeSelection {
  return {
    kind: "refused",
    sentence: `Input mode is auto, which knows no mode for the event ${quoteUntrusted(event.name)}.`,
    remedy: "Set mode: sync, command, review or report in the workflow.",
  };
}

// https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
const REFUSE_TARGET: ModeSelection = {
  kind: "refused",
  sentence:
    "The event pull_request_target is refused: it gives a write token to a run that a stranger's pull request starts.",
  remedy: "Use pull_request instead; a read-only token is all that is needed there.",
};

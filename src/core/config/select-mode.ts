import { quoteUntrusted } from "../text/safe-log.ts";
import type { Event } from "./event.ts";
import type { ModeInput } from "./parse-config.ts";

/** Everything the Action can be asked to do by an input or an event. */
export type Mode = "sync" | "report" | "command" | "review";

/** The modes there are. */
export type RunMode = Exclude<Mode, "review">;

/** What this run does. */
export type ModeSelection =
  | { readonly kind: "run"; readonly mode: RunMode }
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

/** What each mode makes of an event; a mode that does not exist yet ends the run green, so that a workflow may name its event already. */
const MODES: Readonly<Record<Mode, (mode: Mode, event: Event) => ModeSelection>> = {
  sync: () => ({ kind: "run", mode: "sync" }),
  report: () => ({ kind: "run", mode: "report" }),
  command: takeCommands,
  review: ignore,
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

function changed({ action }: { readonly action: string }): string {
  return /^[a-z_]{1,32}$/.test(action) ? action.replaceAll("_", " ") : "changed";
}

function ignored(mode: Mode, reason: string): ModeSelection {
  return { kind: "ignored", mode, sentence: `Nothing to do: ${reason}.` };
}

function ignore(mode: Mode, event: Event): ModeSelection {
  return ignored(
    mode,
    `the event ${event.name} belongs to mode ${mode}, which this version does not have`,
  );
}

function refuseUnknown(event: Event): ModeSelection {
  return {
    kind: "refused",
    sentence: `Input mode is auto, which knows no mode for the event ${quoteUntrusted(event.name)}.`,
    remedy: "Set mode: sync, mode: command or mode: report in the workflow.",
  };
}

// https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
const REFUSE_TARGET: ModeSelection = {
  kind: "refused",
  sentence:
    "The event pull_request_target is refused: it gives a write token to a run that a stranger's pull request starts.",
  remedy: "Use pull_request instead; a read-only token is all that is needed there.",
};

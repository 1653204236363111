import type { CommandProblem } from "../core/command/command.ts";
import type { Event } from "../core/config/event.ts";
import { present } from "../core/text/present.ts";
import { type CarryPorts, type CarryRequest, carryOut } from "./carry-out.ts";
import type { SessionResult } from "./each-session.ts";
import type { IncomingComment } from "./read-comment.ts";
import { loadRenderer } from "./render-files.ts";
import { takeComments } from "./take-comments.ts";
import { tellCarried } from "./tell-carried.ts";

export type CommandRequest = Omit<CarryRequest, "session" | "render" | "sha256"> & {
  /** Input `session`. */
  readonly session?: string;
};

/** What a run made of a comment. */
export type CommandResult =
  /** Nothing of it was applied: it holds no command, or its author may not, or it is wrong. */
  | { readonly kind: "ignored" | "denied" | "refused"; readonly sentence: string }
  | { readonly kind: "done"; readonly result: SessionResult };

/** The comment or the issue that an event is about; `undefined` for events about neither. */
export function incomingOf(
  event: Event,
  triggeringLogin: string | undefined,
): IncomingComment | undefined {
  const trigger = present({ triggeringLogin });
  if (event.kind === "issue-comment") {
    const { id, url, body, author } = event.comment;
    const target = { kind: "comment", id } as const;
    const comment = { id: String(id), kind: "comment", target, isEdited: false } as const;
    return { ...comment, issue: event.issue, url, body, author, ...trigger };
  }
  if (event.kind !== "issue" || event.isTransferred) return undefined;
  const { issue, url, body, author } = event;
  const target = { kind: "issue", id: issue } as const;
  const form = { id: `issue-${issue}`, kind: "issue-form", target, isEdited: false } as const;
  return { ...form, issue, url, body, author, ...trigger };
}

/** Takes the commands of one comment: understood and allowed as a whole, one commit, one reply. */
export async function command(
  ports: CarryPorts,
  incoming: IncomingComment,
  request: CommandRequest,
): Promise<CommandResult> {
  const [taken] = await takeComments(ports, [incoming], request);
  if (taken === undefined) throw new Error("A comment was taken and is gone.");
  const { read } = taken;
  if (read.kind === "refused") return { kind: "refused", sentence: sentenceOf(read.problems) };
  if (read.kind !== "ready") return { kind: read.kind, sentence: read.sentence };
  const { session } = read;
  const accepted = [{ incoming, ready: read.comment }];
  const render = await loadRenderer(ports.redact);
  const { sha256 } = ports.announcement;
  const carried = await carryOut(ports, accepted, { ...request, session, render, sha256 });
  const [outcome] = carried.outcomes;
  if (outcome?.kind === "denied") {
    return { kind: "denied", sentence: `the commands need the role ${outcome.needs}` };
  }
  if (outcome?.kind === "refused") {
    return { kind: "refused", sentence: sentenceOf(outcome.problems) };
  }
  return { kind: "done", result: await tellCarried(ports, carried, request) };
}

/** Parts of a sentence, which gets its full stop where it ends. */
function sentenceOf(problems: readonly CommandProblem[]): string {
  return problems
    .map(({ line, sentence }) => `line ${line}: ${sentence.replace(/\.$/, "")}`)
    .join("; ");
}

import type { CommandNote, CommandOutcome } from "../../command/outcome.ts";
import type { Status } from "../../log/columns.ts";
import { fillJobId } from "../../queue/fill-job-id.ts";
import { QUEUE_KINDS } from "../../queue/kinds.ts";
import { withoutSource } from "../../queue/without-source.ts";
import { LIMITS } from "../limits.ts";
import { data, dataCode, type Inline } from "../markdown.ts";
import { nameOf } from "./experiments.ts";
import type { ReplyContext, ReplySession } from "./reply.ts";

/** What a command did or found besides. */
export function commandNotes({ session, most }: ReplyContext): readonly Inline[] {
  const notes = session.outcomes.flatMap((outcome) =>
    outcome.notes.map((note) => ({ note, outcome })),
  );
  const shown = notes.slice(0, most).map(({ note, outcome }) => noteText(note, outcome, session));
  const more = notes.length - shown.length;
  return more > 0 ? [...shown, `${more} more notes are not listed.`] : shown;
}

function noteText(note: CommandNote, outcome: CommandOutcome, session: ReplySession): Inline {
  switch (note.kind) {
    case "already-tried":
      return alreadyTried(note.experimentId, session);
    case "approval-cleared":
      return [
        "This change clears the approval that ",
        data(note.by, LIMITS.id),
        " gave ",
        nameOf(note.experimentId),
        "; it must be approved again.",
      ];
    case "job-may-run":
      return jobMayRun(note, outcome, session);
    case "sentence":
      return data(note.text, LIMITS.text);
  }
}

/** Quotes the earlier row with what came of it, a failure as well. */
function alreadyTried(experimentId: string, { table }: ReplySession): Inline {
  const start: Inline = ["Already tried: the same command is that of ", nameOf(experimentId)];
  const row = table.rowOf(experimentId);
  if (row === undefined) return [start, "."];
  const cell = (column: string) => table.cell(row, column);
  const parts: Inline[] = [start, ", ", data(cell("status"), LIMITS.id)];
  if (!table.isEmpty(row, "objective_value")) {
    const value = `${cell("objective_metric")} ${cell("objective_value")}`;
    parts.push(", ", data(value.trim(), 2 * LIMITS.id));
  }
  if (!table.isEmpty(row, "result_summary")) {
    parts.push(": ", data(cell("result_summary"), LIMITS.text));
  }
  return parts;
}

function jobMayRun(
  { experimentId, jobId }: Extract<CommandNote, { kind: "job-may-run" }>,
  outcome: CommandOutcome,
  session: ReplySession,
): Inline {
  const job = dataCode(jobId, LIMITS.id);
  const start: Inline = ["Job ", job, " of ", nameOf(experimentId), " may still run"];
  const change = outcome.changes.find((its) => its.experimentId === experimentId);
  const argv = cancelCommand(session, jobId, change?.from);
  if (argv === undefined) return [start, "; cancel it in the queue."];
  return [start, "; cancel it with ", dataCode(argv.join(" "), LIMITS.command), "."];
}

/** The queue's own command for a job of that status; none for what only a log knows, or no command could name. */
function cancelCommand(
  { settings: { queue } }: ReplySession,
  jobId: string,
  status: Status | undefined,
): readonly string[] | undefined {
  if (status !== "queued" && status !== "running") return undefined;
  const kind = QUEUE_KINDS.find(({ name }) => name === queue.kind);
  const command = kind?.launch?.cancelCommand(status);
  if (command === undefined) return undefined;
  const filled = fillJobId(command, withoutSource(jobId, queue.source));
  return filled.kind === "filled" ? filled.argv : undefined;
}

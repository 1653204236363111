import type { CommandNote, CommandOutcome, CommentOutcome } from "../core/command/outcome.ts";
import type { LaunchOutcome } from "../core/launch/launch-outcome.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import type { ReplyInput, ReplySession } from "../core/report/reply/reply.ts";
import type { SessionSettings } from "../core/session/settings.ts";
import { present } from "../core/text/present.ts";
import type { Update } from "../ports/log-store.ts";
import type { Announcement, ReportedWork } from "./announce.ts";
import { type Answer, answer } from "./answer-comment.ts";
import { type ApplyRequest, applyComments } from "./apply-comments.ts";
import { cancelJob } from "./cancel-job.ts";
import { type LaunchPorts, launchQueued } from "./launch.ts";
import type { PublishedComment } from "./one-comment.ts";
import { readSettings } from "./session-settings.ts";
import {
  type AcceptedComment,
  answerDenied,
  answerRefused,
  type TakePorts,
  type TakeRequest,
} from "./take-comments.ts";
import type { SessionView } from "./view-session.ts";

export interface CarryPorts extends TakePorts, LaunchPorts {
  readonly announcement: Announcement;
  readonly reporter: TakePorts["reporter"];
}

export type CarryRequest = TakeRequest & Omit<ApplyRequest, "comments">;

/** What a run did at the word of people to one session, which is durable by now. */
export interface CarriedOut {
  readonly session: string;
  /** In the order of the comments. */
  readonly outcomes: readonly CommentOutcome[];
  readonly applied: readonly AppliedComment[];
  /** The session as it stands now. */
  readonly view: SessionView;
  readonly update: Update<unknown>;
  readonly launches: readonly LaunchOutcome[];
}

/** A comment of which everything was applied, or had been before. */
export interface AppliedComment extends AcceptedComment {
  readonly outcomes: readonly CommandOutcome[];
}

/**
 * Applies the commands of accepted comments, then launches what is queued and cancels jobs where this run may. Comments
 * that the log forbids are answered at once.
 */
export async function carryOut(
  ports: CarryPorts,
  accepted: readonly AcceptedComment[],
  request: CarryRequest,
): Promise<CarriedOut> {
  const comments = accepted.map(({ ready }) => ready);
  const update = await applyComments(ports, { ...request, comments });
  const applied: AppliedComment[] = [];
  for (const [at, comment] of accepted.entries()) {
    const outcome = update.value.outcomes[at] as CommentOutcome;
    if (outcome.kind === "applied") applied.push({ ...comment, outcomes: outcome.outcomes });
    if (outcome.kind === "denied") await answerDenied(ports, comment.incoming);
    if (outcome.kind === "refused") {
      await answerRefused(ports, comment.incoming, { ...request, ...outcome });
    }
  }
  const { session } = request;
  const { outcomes, ...view } = update.value;
  const carried = { session, outcomes, applied, view, update, launches: [] };
  return request.mayLaunch ? await launchAll(ports, carried, request) : carried;
}

/** What people asked of the queue: jobs out of it, then jobs into it. */
async function launchAll(
  ports: CarryPorts,
  carried: CarriedOut,
  request: CarryRequest,
): Promise<CarriedOut> {
  const { session } = request;
  const files = await ports.store.read(session, [SESSION_FILES.settings]);
  const settings = request.overrideSettings(await readSettings(files));
  const applied: AppliedComment[] = [];
  for (const comment of carried.applied) {
    applied.push({ ...comment, outcomes: await cancelJobs(ports, comment.outcomes, settings) });
  }
  const { outcomes, update } = await launchQueued(ports, {
    ...request,
    settings,
    visibility: ports.permissions.readVisibility,
    redact: request.createRedactor(settings),
  });
  const launched = { ...carried, applied, launches: outcomes };
  if (update === undefined) return launched;
  return { ...launched, view: update.value, update: laterOf(carried.update, update) };
}

async function cancelJobs(
  ports: CarryPorts,
  outcomes: readonly CommandOutcome[],
  settings: SessionSettings,
): Promise<readonly CommandOutcome[]> {
  if (ports.isDryRun) return outcomes;
  const cancelled: CommandOutcome[] = [];
  for (const outcome of outcomes) {
    const isAsked = outcome.command.name === "cancel";
    const notes: CommandNote[] = [];
    for (const note of outcome.notes) {
      if (!isAsked || note.kind !== "job-may-run") {
        notes.push(note);
        continue;
      }
      const { kind, sentence } = await cancelJob(ports, { settings, jobId: note.jobId });
      if (kind === "running") notes.push(note);
      notes.push({ kind: "sentence", text: sentence });
    }
    cancelled.push({ ...outcome, notes });
  }
  return cancelled;
}

/** What two updates, one after the other, have done. */
export function laterOf(first: Update<unknown>, second: Update<unknown>): Update<unknown> {
  if (second.kind !== "unchanged" || first.kind === "unchanged") return second;
  return first;
}

/** What is announced of it. */
export function workOf({ session, view, update }: CarriedOut): ReportedWork {
  const { settings, rendered } = view;
  return { session, settings, rendered, update, sourceAgeSeconds: undefined };
}

/** Whether a command changed something that the report shows, or asked for it. */
export function concernsReport({ applied }: Pick<CarriedOut, "applied">): boolean {
  return applied.some(({ outcomes }) =>
    outcomes.some(({ kind, command }) => kind !== "answered" || command.name === "report"),
  );
}

/** Tells the author of each comment what became of it; the log is durable and the report announced by now. */
export async function answerApplied(
  ports: CarryPorts,
  carried: CarriedOut,
  request: Pick<CarryRequest, "mayLaunch" | "prefix" | "createRedactor"> & {
    readonly report: PublishedComment;
  },
): Promise<readonly PublishedComment[]> {
  const redact = request.createRedactor(carried.view.settings);
  const { prefix, mayLaunch, report } = request;
  const answers = carried.applied.map(({ incoming, outcomes }): Answer => {
    const session = describe(ports, carried, { outcomes, report });
    const input: ReplyInput = {
      comment: { url: incoming.url, author: incoming.author },
      ...present({ prefix }),
      mayLaunch,
      redact,
      content: { kind: "applied", session },
    };
    return { comment: incoming, input, reaction: "rocket" };
  });
  return await answer(ports, answers);
}

function describe(
  { announcement }: Pick<CarryPorts, "announcement">,
  { session, view, update, launches }: CarriedOut,
  said: { readonly outcomes: readonly CommandOutcome[]; readonly report: PublishedComment },
): ReplySession {
  const { table, settings, facts, rendered } = view;
  const links = update.head === undefined ? {} : announcement.linksTo(session, update.head);
  const reportLink = "url" in said.report ? { reportCommentUrl: said.report.url } : {};
  return {
    outcomes: said.outcomes,
    table,
    settings,
    facts,
    model: rendered.model,
    links: { ...links, ...reportLink },
    launches,
  };
}

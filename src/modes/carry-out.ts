import type { CommandOutcome, CommentOutcome } from "../core/command/outcome.ts";
import type { ReplyLaunch, ReplySession } from "../core/report/reply/reply.ts";
import type { Update } from "../ports/log-store.ts";
import type { Announcement, ReportedWork } from "./announce.ts";
import { react, reply } from "./answer-comment.ts";
import { type ApplyRequest, applyComments, type SessionView } from "./apply-comments.ts";
import type { PublishedComment } from "./one-comment.ts";
import {
  type AcceptedComment,
  answerDenied,
  answerRefused,
  type TakePorts,
  type TakeRequest,
} from "./take-comments.ts";

export interface CarryPorts extends TakePorts {
  readonly clock: Parameters<typeof applyComments>[0]["clock"];
  readonly announcement: Announcement;
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
  readonly launches: readonly ReplyLaunch[];
}

/** A comment of which everything was applied, or had been before. */
export interface AppliedComment extends AcceptedComment {
  readonly outcomes: readonly CommandOutcome[];
}

/** Applies the commands of accepted comments; those that the log forbids are answered at once. */
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
  return { session, outcomes, applied, view, update, launches: [] };
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
  request: Pick<CarryRequest, "mayLaunch" | "prefix"> & { readonly report: PublishedComment },
): Promise<readonly PublishedComment[]> {
  const replies: PublishedComment[] = [];
  for (const { incoming, outcomes } of carried.applied) {
    const { prefix, mayLaunch } = request;
    const published = await reply(ports, incoming, {
      comment: { url: incoming.url, author: incoming.author.login },
      ...(prefix === undefined ? {} : { prefix }),
      mayLaunch,
      content: {
        kind: "applied",
        session: describe(ports, carried, { outcomes, report: request.report }),
      },
    });
    replies.push(published);
    await react(ports, incoming, "rocket");
  }
  return replies;
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

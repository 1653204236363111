import { InputError, LogError } from "../core/errors.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import { decodeLog } from "../core/log/decode.ts";
import type { LogTable } from "../core/log/table.ts";
import type { Review } from "../core/review/review.ts";
import { defaultSettings } from "../core/session/defaults.ts";
import { pathInSession } from "../core/session/path-in-session.ts";
import { present } from "../core/session/present.ts";
import type { SessionSettings } from "../core/session/settings.ts";
import type { Sha256 } from "../core/sticky/marker.ts";
import type { Clock } from "../ports/clock.ts";
import type { Comments } from "../ports/comments.ts";
import type { SessionFiles } from "../ports/log-store.ts";
import type {
  PullRequestChanges,
  ReviewedPullRequest,
  SessionChange,
} from "../ports/pull-request-changes.ts";
import type { PublishedComment } from "./one-comment.ts";
import { publishReview } from "./publish-review.ts";
import { readSettings } from "./session-settings.ts";

export interface ReviewPorts {
  readonly changes: PullRequestChanges;
  readonly comments: Comments;
  readonly clock: Pick<Clock, "now">;
  readonly sha256: Sha256;
  /** Takes the run's own secrets out of what is posted. */
  readonly redact: (text: string) => string;
  /** Takes out as well what a session's settings name. */
  readonly createRedactor: (settings: SessionSettings) => (text: string) => string;
}

export interface ReviewRequest {
  readonly pull: ReviewedPullRequest;
  /** Input `session`; without it every session that the pull request changes. */
  readonly session?: string;
  /** `owner/name`. */
  readonly repository: string;
  /** GitHub's id of the repository: by it lines of the ledger are found that no command has written. */
  readonly repositoryId?: string;
  /** Address of a line of a file in the pull request's head. */
  readonly linkTo: (path: string, line: number | undefined) => string;
  readonly isDryRun: boolean;
}

/** What a review found, and where it was told. */
export interface ReviewedChange {
  readonly pull: ReviewedPullRequest;
  /** By session, sorted by name. */
  readonly reviews: readonly Review[];
  /** What is posted, as markdown. */
  readonly markdown: string;
  readonly comment: PublishedComment;
}

/** Reviews what a pull request changes in sessions: files are read as data, the rules are those of the base. */
export async function review(ports: ReviewPorts, request: ReviewRequest): Promise<ReviewedChange> {
  const { pull, session } = request;
  const all = await ports.changes.readChanges(pull);
  const changes = session === undefined ? all : all.filter((change) => change.session === session);
  const { reviewSession } = await import("../core/review/review-session.ts");
  const now = ports.clock.now();
  const known = present({ repositoryId: request.repositoryId });
  const reviews = changes.map((change) =>
    change.unreadable === undefined
      ? reviewSession({ ...change, now, sha256: ports.sha256, ...known })
      : refuseUnreadable(change, change.unreadable),
  );
  const markdown = ports.redact(await render(changes, reviews, { ...ports, ...request }));
  const comment = await publishReview(ports, {
    ...request,
    markdown,
    isEmpty: changes.length === 0,
  });
  return { pull, reviews, markdown, comment };
}

async function render(
  changes: readonly SessionChange[],
  reviews: readonly Review[],
  work: Pick<ReviewRequest, "linkTo"> & Pick<ReviewPorts, "redact" | "createRedactor">,
): Promise<string> {
  const { renderReview } = await import("../core/report/review/render-review.ts");
  const sessions = await Promise.all(
    changes.map(async ({ session, base, head }, at) => {
      const settings = await settingsOf(base);
      return {
        session,
        review: reviews[at] as Review,
        base: readableLog(base),
        head: readableLog(head),
        settings,
        redact: work.createRedactor(settings),
        linkTo: work.linkTo,
      };
    }),
  );
  return renderReview({ reviews: sessions, redact: work.redact });
}

/** What stands in place of a session's file or folder is no file that can be read. */
function refuseUnreadable({ session, base }: SessionChange, error: LogError): Review {
  const path = pathInSession(base, SESSION_FILES.log);
  const sentence = error.message;
  const finding = { level: "error", code: "log-unreadable", sentence, path } as const;
  return { session, findings: [finding], diff: undefined };
}

/** Settings that are broken on the base are none of the pull request's: it is reviewed by the defaults. */
async function settingsOf(base: SessionFiles): Promise<SessionSettings> {
  try {
    return await readSettings(base);
  } catch (error) {
    if (error instanceof InputError) return defaultSettings();
    throw error;
  }
}

/** A log that cannot be read is a finding already; there is nothing to show of it. */
function readableLog(session: SessionFiles): LogTable | undefined {
  const bytes = session.files.get(SESSION_FILES.log) ?? new Uint8Array();
  try {
    return decodeLog(bytes, pathInSession(session, SESSION_FILES.log));
  } catch (error) {
    if (error instanceof LogError) return undefined;
    throw error;
  }
}

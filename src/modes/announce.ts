import type { Links } from "../core/report/sections/section.ts";
import type { SessionSettings } from "../core/session/settings.ts";
import { stickyKey } from "../core/sticky/marker.ts";
import type { Redactor } from "../core/text/redact.ts";
import type { Sha256 } from "../core/text/sha256.ts";
import { parseInstant } from "../core/text/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Comments } from "../ports/comments.ts";
import type { Revision, Update } from "../ports/log-store.ts";
import type { PublishedComment } from "./one-comment.ts";
import { publishReport } from "./publish-report.ts";
import type { RenderedSession } from "./render-files.ts";

/** Where a report is announced. */
export interface Announcement {
  readonly comments: Comments;
  /** `owner/name`. */
  readonly repository: string;
  readonly sha256: Sha256;
  /** The issue or pull request of the event, where neither input nor session.yml names one. */
  readonly issueOfEvent: number | undefined;
  readonly isDryRun: boolean;
  readonly clock: Pick<Clock, "now">;
  /** Takes the run's own secrets out of what is posted. */
  readonly redact: Redactor;
  /** Addresses of a session's files at a commit. */
  readonly linksTo: (session: string, revision: Revision) => Links;
}

/** A session whose log is durable and whose report is rendered. */
export interface ReportedWork {
  readonly session: string;
  readonly settings: SessionSettings;
  readonly rendered: RenderedSession;
  readonly update: Update<unknown>;
  readonly sourceAgeSeconds: number | undefined;
}

/** Brings the report to its issue or pull request; says why where that is not done. */
export async function announce(
  announcement: Announcement,
  work: ReportedWork,
): Promise<PublishedComment> {
  const issue = work.settings.issue ?? announcement.issueOfEvent;
  const revision = work.update.head;
  if (issue === undefined) return skip("no-issue", "no issue or pull request is named");
  if (revision === undefined) return skip("no-issue", "there is no commit to report about");
  const { sha256, repository } = announcement;
  return await publishReport(announcement.comments, {
    issue,
    key: stickyKey({ repository, session: work.session }, sha256),
    desired: {
      rev: revision.commit,
      seq: sequenceOf({ ...revision, ...work.rendered }, announcement.clock),
      hash: sha256(work.rendered.report),
    },
    renderBody: () => renderBody(announcement, work, revision),
    commentAuthor: work.settings.report.commentAuthor,
    isDryRun: announcement.isDryRun,
  });
}

/** Commits of one second are told apart by what they hold. */
const EXTENTS = 100_000;

/**
 * What tells a late run's report from a newer one. The date of a commit from a clock that runs ahead counts as now: the
 * commits after it would all seem older.
 */
function sequenceOf(
  { committedAt, extent }: Pick<Revision, "committedAt"> & Pick<RenderedSession, "extent">,
  clock: Pick<Clock, "now">,
): number {
  const [committed = 0, now = committed] = [parseInstant(committedAt), parseInstant(clock.now())];
  return Math.floor(Math.min(committed, now)) * EXTENTS + (extent % EXTENTS);
}

/** The report as it is posted, without the marker. */
export function renderBody(
  announcement: Pick<Announcement, "linksTo" | "redact">,
  work: ReportedWork,
  revision: Revision,
): string {
  const links = announcement.linksTo(work.session, revision);
  return announcement.redact(work.rendered.renderComment(links, work.sourceAgeSeconds));
}

function skip(reason: "no-issue", detail: string): PublishedComment {
  return { kind: "skipped", reason, detail };
}

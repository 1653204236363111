import { InputError, RemoteError } from "../core/errors.ts";
import type { Sha256 } from "../core/sticky/marker.ts";
import { stickyKey } from "../core/sticky/marker.ts";
import { parseInstant } from "../core/text/time.ts";
import type { Comments } from "../ports/comments.ts";
import type { Revision } from "../ports/log-store.ts";
import { type PublishedComment, type PublishRequest, publishReport } from "./publish-report.ts";
import type { RenderedSession } from "./render-files.ts";
import {
  type SyncedSession,
  type SyncPorts,
  type SyncRequest,
  syncSession,
} from "./sync-session.ts";

/** Where a report is announced; none on a laptop. */
export interface Announcement {
  readonly comments: Comments;
  /** `owner/name`. */
  readonly repository: string;
  readonly sha256: Sha256;
  /** The issue or pull request of the event, where neither input nor session.yml names one. */
  readonly issueOfEvent: number | undefined;
  readonly isDryRun: boolean;
  /** Addresses of a session's files at a commit. */
  readonly links: (
    session: string,
    revision: Revision,
  ) => { logUrl: string; reportUrl: string; commit: { sha: string; url: string } };
}

/** What the run did to one session, or why it could not. */
export type SessionResult =
  | { readonly kind: "synced"; readonly synced: SyncedSession; readonly comment: PublishedComment }
  | { readonly kind: "failed"; readonly session: string; readonly error: unknown };

/**
 * Syncs every session asked for, one after the other; one that fails does not keep the others from being
 * recorded.
 *
 * @param sessions names; none: every session that exists
 */
export async function sync(
  ports: SyncPorts & { readonly announcement?: Announcement },
  sessions: readonly string[],
  request: Omit<SyncRequest, "session">,
): Promise<readonly SessionResult[]> {
  const names = sessions.length > 0 ? sessions : await ports.store.sessions();
  if (names.length === 0) throw noSession();
  const results: SessionResult[] = [];
  for (const session of names) {
    try {
      const synced = await syncSession(ports, { ...request, session });
      results.push({ kind: "synced", synced, comment: await announce(ports.announcement, synced) });
    } catch (error) {
      results.push({ kind: "failed", session, error });
    }
  }
  return results;
}

function noSession(): InputError {
  return new InputError(
    "the experiments directory holds no session: no folder with a log or a session.yml",
    {
      remedy:
        "Run `experiment-monitor start --name NAME` and commit its files, or set the input `session`.",
    },
  );
}

async function announce(
  announcement: Announcement | undefined,
  synced: SyncedSession,
): Promise<PublishedComment> {
  const { rendered, settings, update, session } = synced;
  const issue = settings.issue ?? announcement?.issueOfEvent;
  if (announcement === undefined || rendered === undefined || issue === undefined) {
    return { kind: "skipped", reason: "no-issue", detail: "no issue or pull request is named" };
  }
  const revision = update.head;
  if (revision === undefined) {
    return { kind: "skipped", reason: "no-issue", detail: "there is no commit to report about" };
  }
  const request = {
    issue,
    key: stickyKey({ repository: announcement.repository, session }, announcement.sha256),
    desired: {
      rev: revision.commit,
      seq: Math.floor(parseInstant(revision.committedAt) ?? 0),
      hash: announcement.sha256(rendered.report),
    },
    renderBody: () => renderBody({ announcement, rendered, revision, synced }),
    commentAuthor: settings.report.commentAuthor,
    isDryRun: announcement.isDryRun,
  };
  return await publishOrExplain(announcement.comments, request);
}

/** The log is durable by now: GitHub out of reach is a reason to skip the comment, not to fail the run. */
async function publishOrExplain(
  comments: Comments,
  request: PublishRequest,
): Promise<PublishedComment> {
  try {
    return await publishReport(comments, request);
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    return { kind: "skipped", reason: "unreachable", detail: error.message };
  }
}

function renderBody(work: {
  readonly announcement: Announcement;
  readonly rendered: RenderedSession;
  readonly revision: Revision;
  readonly synced: SyncedSession;
}): string {
  const links = work.announcement.links(work.synced.session, work.revision);
  return work.rendered.renderComment(links, work.synced.sourceAgeSeconds);
}

import { applyComment } from "../core/command/apply-comment.ts";
import type { CommandProblem, PlacedCommand } from "../core/command/command.ts";
import type { CommandOutcome, CommentOutcome, CommentSource } from "../core/command/outcome.ts";
import type { Role } from "../core/command/role.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import type { SessionSettings, SettingsOverride } from "../core/session/settings.ts";
import type { Change } from "../core/sync/change.ts";
import { type CommitMessage, commitMessage } from "../core/sync/message.ts";
import type { Redactor } from "../core/text/redact.ts";
import type { Sha256 } from "../core/text/sha256.ts";
import type { Clock } from "../ports/clock.ts";
import type { Edit, LogStore, Update } from "../ports/log-store.ts";
import type { RenderedSession, RenderInput } from "./render-files.ts";
import {
  keepRules,
  loadSettingsReader,
  readSettings,
  type SettingsReader,
} from "./session-settings.ts";
import { type SessionView, viewSession } from "./view-session.ts";

/** A comment by an author whose role is known. */
export interface ReadyComment {
  readonly source: CommentSource;
  /** Those that are understood. */
  readonly commands: readonly PlacedCommand[];
  /** What is wrong with the others, as it may be posted: nothing is applied then. */
  readonly problems: readonly CommandProblem[];
}

export interface ApplyRequest {
  readonly session: string;
  /** Oldest first; each is applied whole or not at all. */
  readonly comments: readonly ReadyComment[];
  readonly repositoryId: string;
  readonly minPermission: Role;
  readonly overrideSettings: SettingsOverride;
  readonly createRedactor: (settings: SessionSettings) => Redactor;
  readonly sha256: Sha256;
  /** Input `command-prefix`, for the commands that sentences name. */
  readonly prefix?: string;
  readonly render: (input: RenderInput) => RenderedSession;
}

/** What became of the comments, and the session as it stands then. */
export interface AppliedComments extends SessionView {
  /** In the order of the comments. */
  readonly outcomes: readonly CommentOutcome[];
}

/** Applies the commands of comments to one session: one commit with the log, the ledger and the report. */
export async function applyComments(
  ports: { readonly store: LogStore; readonly clock: Pick<Clock, "now"> },
  request: ApplyRequest,
): Promise<Update<AppliedComments>> {
  const now = ports.clock.now();
  const files = await ports.store.read(request.session, [
    SESSION_FILES.settings,
    SESSION_FILES.summary,
  ]);
  const trusted = request.overrideSettings(await readSettings(files));
  const redact = request.createRedactor(trusted);
  const overrideSettings = keepRules(trusted, request.overrideSettings);
  const readNow = await loadSettingsReader();
  const edit = applyEdit({ ...request, overrideSettings, now, redact, readNow });
  // Whoever wrote them has waited for their role, while others wrote what they may be about.
  return await ports.store.update(request.session, edit, { isFresh: request.comments.length > 0 });
}

interface ApplyWork extends ApplyRequest {
  readonly now: string;
  readonly redact: Redactor;
  readonly readNow: SettingsReader;
}

function applyEdit(work: ApplyWork): Edit<AppliedComments> {
  return (session) => {
    let files = session.files;
    // Every comment is read from bytes: what a refused one did to its draft has not to be taken back.
    const outcomes = work.comments.map((comment) => {
      const application = applyComment({ ...work, ...comment, files: { ...session, files } });
      files = application.files;
      return application.outcome;
    });
    const value = { outcomes, ...viewSession(work, { ...session, files }) };
    // A comment that changes nothing is no occasion to write the report anew, unless it asks for that.
    const isOccasion = files !== session.files || outcomes.some(asksForReport);
    const written = isOccasion ? [...files, ...value.rendered.files] : [];
    return { files: new Map(written), message: messageOf(work.session, outcomes), value };
  };
}

function asksForReport(outcome: CommentOutcome): boolean {
  return outcome.kind === "applied" && outcome.outcomes.some(isReport);
}

function isReport({ command }: CommandOutcome): boolean {
  return command.name === "report";
}

/** A command that changes no row, such as `/approve`, still gets a message that says what is committed. */
function messageOf(session: string, outcomes: readonly CommentOutcome[]): CommitMessage {
  const applied = outcomes.flatMap((outcome) =>
    outcome.kind === "applied" ? outcome.outcomes : [],
  );
  const changes: readonly Change[] = applied.flatMap((outcome) => outcome.changes);
  const message = commitMessage(session, changes);
  const names = new Set(
    applied
      .filter((outcome) => outcome.kind === "applied" || isReport(outcome))
      .map(({ command }) => command.name),
  );
  if (names.size === 0) return message;
  return { ...message, headline: `${session}: ${[...names].join(", ")}` };
}

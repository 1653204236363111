import type { Role } from "../core/command/role.ts";
import { threadsOf } from "../core/command/threads-of.ts";
import { MonitorError } from "../core/errors.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import type { ReplyInput } from "../core/report/reply/reply.ts";
import { decodeSessionLedger } from "../core/session/decode-session.ts";
import type { SessionSettings, SettingsOverride } from "../core/session/settings.ts";
import { present } from "../core/text/present.ts";
import type { Redactor } from "../core/text/redact.ts";
import type { LogStore } from "../ports/log-store.ts";
import type { Permissions } from "../ports/permissions.ts";
import { type AnswerPorts, answer, react } from "./answer-comment.ts";
import type { ReadyComment } from "./apply-comments.ts";
import {
  type CommandSession,
  type IncomingComment,
  type ReadComment,
  type ReadRequest,
  readComment,
} from "./read-comment.ts";
import { readSettings } from "./session-settings.ts";

export interface TakePorts extends AnswerPorts {
  readonly store: LogStore;
  readonly permissions: Permissions;
}

export interface TakeRequest extends Omit<ReadRequest, "sessions" | "unreadable"> {
  readonly mayLaunch: boolean;
  /** A comment whose author's role GitHub does not say waits for another run, and the others do not wait for it. */
  readonly isPatient?: boolean;
  readonly overrideSettings: SettingsOverride;
  readonly createRedactor: (settings: SessionSettings) => Redactor;
}

/** A comment and what was made of it. */
export interface TakenComment {
  readonly incoming: IncomingComment;
  readonly read: ReadComment;
}

/** A comment whose commands may be applied. */
export interface AcceptedComment {
  readonly incoming: IncomingComment;
  readonly ready: ReadyComment;
}

/**
 * Reads comments, oldest first, and answers at once those of which nothing is applied: who may not hears it by a reaction,
 * who mistyped by a reply. The accepted ones have a reaction that says so.
 *
 * @throws {RemoteError} when GitHub does not say what somebody may do
 * @throws {InputError | LogError} when a comment may be about a session that cannot be read
 */
export async function takeComments(
  ports: TakePorts,
  incoming: readonly IncomingComment[],
  request: TakeRequest,
): Promise<readonly TakenComment[]> {
  const known = await readCommandSessions(ports, request);
  const permissions = rememberRoles(ports.permissions);
  const taken: TakenComment[] = [];
  for (const comment of incoming) {
    const reading = readComment(permissions, comment, { ...request, ...known });
    const read = await (request.isPatient === true ? orLater(reading, ports.reporter) : reading);
    const isAccepted = read.kind === "ready" && read.comment.problems.length === 0;
    if (isAccepted) await react(ports, comment, "eyes");
    if (read.kind === "denied" && read.isFinal) await answerDenied(ports, comment);
    if (read.kind === "refused") await answerRefused(ports, comment, { ...request, ...read });
    taken.push({ incoming: comment, read });
  }
  return taken;
}

async function orLater(
  reading: Promise<ReadComment>,
  reporter: Pick<TakePorts["reporter"], "warning">,
): Promise<ReadComment> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof MonitorError)) throw error;
    reporter.warning(`A comment waits for another run: ${error.message}`);
    return { kind: "ignored", sentence: "it waits for another run" };
  }
}

/** The role of a login is asked once for all of the comments that are taken together. */
function rememberRoles(permissions: Permissions): Permissions {
  const roles = new Map<string, Promise<Role>>();
  return {
    ...permissions,
    readRole: (login) => {
      const role = roles.get(login) ?? permissions.readRole(login);
      roles.set(login, role);
      return role;
    },
  };
}

/** Every session with the issues it takes commands from; one that cannot be read does not keep the others from it. */
async function readCommandSessions(
  { store, reporter }: Pick<TakePorts, "store" | "reporter">,
  request: Pick<TakeRequest, "session" | "overrideSettings" | "createRedactor">,
): Promise<Pick<ReadRequest, "sessions" | "unreadable">> {
  const { session } = request;
  const names = new Set([...(await store.sessions()), ...(session === undefined ? [] : [session])]);
  const sessions: CommandSession[] = [];
  const unreadable = new Map<string, unknown>();
  for (const name of names) {
    try {
      sessions.push(await readCommandSession(store, name, request));
    } catch (error) {
      unreadable.set(name, error);
      const reason = error instanceof Error ? error.message : String(error);
      reporter.warning(`The session ${name} takes no commands: ${reason}`);
    }
  }
  return { sessions, unreadable };
}

async function readCommandSession(
  store: LogStore,
  name: string,
  { overrideSettings, createRedactor }: Pick<TakeRequest, "overrideSettings" | "createRedactor">,
): Promise<CommandSession> {
  const files = await store.read(name, [SESSION_FILES.settings]);
  const settings = overrideSettings(await readSettings(files));
  const ledger = decodeSessionLedger(await store.readNewest(name));
  const threads = threadsOf(ledger);
  const recorded = new Set(ledger.entries.map(({ commentId }) => commentId));
  const { issue, proposals } = settings;
  const { allowedBots } = proposals;
  return { name, issue, threads, recorded, allowedBots, redact: createRedactor(settings) };
}

/** One reaction, no reply: a reply would let strangers write to everybody who watches. */
export async function answerDenied(ports: AnswerPorts, comment: IncomingComment): Promise<void> {
  await react(ports, comment, "-1");
}

/** Every error in one reply. */
export async function answerRefused(
  ports: AnswerPorts,
  comment: IncomingComment,
  refusal: Pick<Extract<ReadComment, { kind: "refused" }>, "problems"> &
    Pick<TakeRequest, "mayLaunch" | "prefix">,
): Promise<void> {
  const { problems, mayLaunch, prefix } = refusal;
  const input: ReplyInput = {
    comment: { url: comment.url, author: comment.author },
    ...present({ prefix }),
    mayLaunch,
    redact: ports.redact,
    content: { kind: "refused", problems, isForm: comment.kind === "issue-form" },
  };
  await answer(ports, [{ comment, input, reaction: "confused" }]);
}

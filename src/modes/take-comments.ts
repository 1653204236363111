import { threadsOf } from "../core/command/threads-of.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import type { SessionSettings } from "../core/session/settings.ts";
import type { LogStore } from "../ports/log-store.ts";
import type { Permissions } from "../ports/permissions.ts";
import { type AnswerPorts, react, reply } from "./answer-comment.ts";
import type { ReadyComment } from "./apply-comments.ts";
import { decodeSessionLedger } from "./command-facts.ts";
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
  readonly overrideSettings: (settings: SessionSettings) => SessionSettings;
  readonly createRedactor: (settings: SessionSettings) => (text: string) => string;
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
  const taken: TakenComment[] = [];
  for (const comment of incoming) {
    const read = await readComment(ports.permissions, comment, { ...request, ...known });
    if (read.kind === "ready") await react(ports, comment, "eyes");
    if (read.kind === "denied") await answerDenied(ports, comment);
    if (read.kind === "refused") await answerRefused(ports, comment, { ...request, ...read });
    taken.push({ incoming: comment, read });
  }
  return taken;
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
  const files = await store.read(name, [SESSION_FILES.settings, SESSION_FILES.ledger]);
  const settings = overrideSettings(await readSettings(files));
  const threads = threadsOf(decodeSessionLedger(files));
  const { issue, proposals } = settings;
  const { allowedBots } = proposals;
  return { name, issue, threads, allowedBots, redact: createRedactor(settings) };
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
  await react(ports, comment, "confused");
  const { problems, mayLaunch, prefix } = refusal;
  await reply(ports, comment, {
    comment: { url: comment.url, author: comment.author.login },
    ...(prefix === undefined ? {} : { prefix }),
    mayLaunch,
    redact: ports.redact,
    content: { kind: "refused", problems, isForm: comment.kind === "issue-form" },
  });
}

import type { CommandName, CommandProblem, ParsedComment } from "../core/command/command.ts";
import { leastRole } from "../core/command/least-role.ts";
import { mayHoldCommand } from "../core/command/may-hold-command.ts";
import { includesRole, type Role } from "../core/command/role.ts";
import {
  type SessionSelection,
  type SessionThread,
  selectSession,
} from "../core/command/select-session.ts";
import type { Permissions } from "../ports/permissions.ts";
import type { PostedAuthor } from "../ports/posted-comments.ts";
import type { ReactionTarget } from "../ports/reactions.ts";
import type { ReadyComment } from "./apply-comments.ts";

/** A comment, or an issue that was opened from the issue form, before anything is known about it. */
export interface IncomingComment {
  /** As the ledger has it: the comment's id, or `issue-<number>`. */
  readonly id: string;
  readonly kind: "comment" | "issue-form";
  readonly target: ReactionTarget;
  /** The issue or pull request it stands on. */
  readonly issue: number;
  readonly url: string;
  readonly body: string;
  readonly author: PostedAuthor;
  /** Nobody knows any more what it said when it was posted. */
  readonly isEdited: boolean;
  /** Who else must be allowed what it says: whoever started a re-run. */
  readonly triggeringLogin?: string;
}

/** A session whose commands a run may take. */
export interface CommandSession extends SessionThread {
  /** Logins of bots whose comments count. */
  readonly allowedBots: readonly string[];
}

/** What a comment is, before the log is asked. */
export type ReadComment =
  | {
      readonly kind: "ignored";
      readonly sentence: string;
      /** It stands on an issue of no session. */
      readonly isForNobody: boolean;
    }
  /** Its author may not do the least of what it says. */
  | { readonly kind: "denied"; readonly sentence: string }
  | { readonly kind: "refused"; readonly problems: readonly CommandProblem[] }
  | { readonly kind: "ready"; readonly session: string; readonly comment: ReadyComment };

export interface ReadRequest {
  /** Input `session`: what is about another one is left to other runs. */
  readonly session?: string;
  readonly sessions: readonly CommandSession[];
  readonly prefix?: string;
  readonly minPermission: Role;
  /** Whether the run itself wrote the comment; asked only about bots that are allowed. */
  readonly isOwn: (comment: IncomingComment) => Promise<boolean>;
}

/**
 * Reads a comment's commands, finds the session they are about and asks what their author may do now.
 *
 * @throws {RemoteError} when GitHub does not say what somebody may do: the comment waits for another run
 */
export async function readComment(
  permissions: Permissions,
  comment: IncomingComment,
  request: ReadRequest,
): Promise<ReadComment> {
  const parsed = await parse(comment, request.prefix);
  if (parsed.kind === "none") return ignore("there is no command in it");
  const selection = selectSession(request.sessions, {
    issue: comment.issue,
    isNewIssue: comment.kind === "issue-form",
    named: namedSessions(parsed),
  });
  if (selection.kind === "none")
    return { ...ignore("it stands on an issue of no session"), isForNobody: true };
  if (isOfOther(selection, request.session)) return ignore("it is about another session");
  const isBound = selection.kind !== "session" || selection.isBound;
  if (parsed.kind === "invalid" && parsed.names.length === 0 && !isBound) {
    return ignore("it knows no command of ours, and the issue is not ours either");
  }
  if (await isUnheardBot(comment, request)) return ignore("a bot wrote it");
  const role = await readRole(permissions, comment);
  const needed = leastRole(namesOf(parsed), request.minPermission);
  if (!includesRole(role, needed)) {
    return {
      kind: "denied",
      sentence: `its author has the role ${role}, and the commands need at least ${needed}`,
    };
  }
  if (comment.isEdited) return refuseEdited(comment);
  if (parsed.kind === "invalid") return { kind: "refused", problems: parsed.problems };
  if (selection.kind === "problem") {
    const [{ line, source } = { line: 1, source: "" }] = parsed.commands;
    return { kind: "refused", problems: [{ line, source, sentence: selection.sentence }] };
  }
  const { id, url, author } = comment;
  const source = { id, url, author: { login: author.login, id: author.id, role } };
  return { kind: "ready", session: selection.name, comment: { source, commands: parsed.commands } };
}

function refuseEdited({ body }: IncomingComment): ReadComment {
  const [source = ""] = body.split(/\r?\n/, 1);
  const sentence = "the comment was edited before it was processed; please post it again";
  return { kind: "refused", problems: [{ line: 1, source, sentence }] };
}

/** The parser of markdown is loaded only for what may hold a command. */
async function parse(comment: IncomingComment, prefix: string | undefined): Promise<ParsedComment> {
  if (comment.kind === "issue-form") {
    const { parseForm } = await import("../core/command/parse-form.ts");
    return parseForm(comment.body);
  }
  if (!mayHoldCommand(comment.body, prefix)) return { kind: "none" };
  const { parseComment } = await import("../core/command/parse-comment.ts");
  return parseComment(comment.body, prefix === undefined ? {} : { prefix });
}

function ignore(sentence: string): Extract<ReadComment, { kind: "ignored" }> {
  return { kind: "ignored", sentence, isForNobody: false };
}

function isOfOther(selection: SessionSelection, session: string | undefined): boolean {
  return selection.kind === "session" && session !== undefined && selection.name !== session;
}

function namedSessions(parsed: ParsedComment): readonly string[] {
  if (parsed.kind !== "commands") return [];
  return parsed.commands.flatMap(({ command }) => command.session ?? []);
}

/** A bot that no session names, or this run's own identity, whatever a session says. */
async function isUnheardBot(comment: IncomingComment, request: ReadRequest): Promise<boolean> {
  if (!comment.author.isBot) return false;
  const login = comment.author.login.toLowerCase();
  const allowed = request.sessions.flatMap(({ allowedBots }) => allowedBots);
  const isAllowed = allowed.some((bot) =>
    [login, login.replace("[bot]", "")].includes(bot.toLowerCase()),
  );
  return !isAllowed || (await request.isOwn(comment));
}

/**
 * The lesser role of the author and of whoever started the run anew. GitHub knows no role of an app; one that session.yml
 * allows may propose, and people approve.
 */
async function readRole(permissions: Permissions, comment: IncomingComment): Promise<Role> {
  const { author, triggeringLogin } = comment;
  const known = await permissions.readRole(author.login);
  const role = author.isBot && !includesRole(known, "triage") ? "triage" : known;
  if (triggeringLogin === undefined) return role;
  if (triggeringLogin.toLowerCase() === author.login.toLowerCase()) return role;
  const other = await permissions.readRole(triggeringLogin);
  return includesRole(role, other) ? other : role;
}

function namesOf(parsed: Exclude<ParsedComment, { kind: "none" }>): readonly CommandName[] {
  if (parsed.kind === "invalid") return parsed.names;
  return parsed.commands.map(({ command }) => command.name);
}

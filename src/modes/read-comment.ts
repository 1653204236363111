import type { CommandName, CommandProblem, ParsedComment } from "../core/command/command.ts";
import { leastRole } from "../core/command/least-role.ts";
import { mayHoldCommand } from "../core/command/may-hold-command.ts";
import { redactProblem } from "../core/command/redact-problem.ts";
import { includesRole, type Role } from "../core/command/role.ts";
import {
  type SessionSelection,
  type SessionThread,
  selectSession,
} from "../core/command/select-session.ts";
import { isMarked } from "../core/sticky/is-marked.ts";
import { present } from "../core/text/present.ts";
import type { Redactor } from "../core/text/redact.ts";
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
  /** Ids of the comments that its ledger has: nothing of them is applied again, so nobody has to be allowed it. */
  readonly recorded: ReadonlySet<string>;
  /** Takes out of a text what must not be posted. */
  readonly redact: Redactor;
}

/** What a comment is, before the log is asked. */
export type ReadComment =
  | { readonly kind: "ignored"; readonly sentence: string }
  | {
      /** Somebody may not do the least of what it says. */
      readonly kind: "denied";
      readonly sentence: string;
      /** It is the author who may not, and not only who started the run anew. */
      readonly isFinal: boolean;
    }
  | { readonly kind: "refused"; readonly problems: readonly CommandProblem[] }
  | { readonly kind: "ready"; readonly session: string; readonly comment: ReadyComment };

export interface ReadRequest {
  /** Input `session`: what is about another one is left to other runs. */
  readonly session?: string;
  readonly sessions: readonly CommandSession[];
  /** Sessions that cannot be read, and why: nobody knows which issues are theirs. */
  readonly unreadable: ReadonlyMap<string, unknown>;
  readonly prefix?: string;
  readonly minPermission: Role;
  /** Whether the run itself wrote the comment; asked only about allowed bots, and of what begins as our comments do. */
  readonly isOwn: (comment: IncomingComment) => Promise<boolean>;
}

/**
 * Reads a comment's commands, finds the session they are about and asks what their author may do now.
 *
 * @throws {RemoteError} when GitHub does not say what somebody may do: the comment waits for another run
 * @throws why a session cannot be read that the comment may be about: it waits until that is mended
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
  waitForUnreadable(selection, namedSessions(parsed), request);
  if (selection.kind === "none") return ignore("it stands on an issue of no session");
  if (isOfOther(selection, request.session)) return ignore("it is about another session");
  const isTold = selection.kind === "problem" || selection.isBound;
  if (parsed.kind === "invalid" && parsed.names.length === 0 && !isTold) {
    return ignore("it knows no command of ours, and the issue is not ours either");
  }
  const candidates = candidatesOf(selection, request.sessions);
  if (isUnheardBot(comment, candidates)) return ignore("a bot wrote it");
  if (await isOurs(comment, request)) return ignore("this run's own identity wrote it");
  const isRecorded = candidates.some(({ recorded }) => recorded.has(comment.id));
  const needed = isRecorded ? "none" : leastRole(namesOf(parsed), request.minPermission);
  const { author: own, trigger } = isRecorded ? RECORDED : await readRoles(permissions, comment);
  const isAllowed = [own, trigger].every((role) => includesRole(role, needed));
  // The name may be another tool's, and whoever may give no command of ours did not mistype one.
  if (!isAllowed && namesOf(parsed).length === 0) return ignore("it knows no command of ours");
  if (!includesRole(own, needed)) return deny("its author has", own, { needed, isFinal: true });
  if (!includesRole(trigger, needed)) {
    return deny("whoever started this run has", trigger, { needed, isFinal: false });
  }
  const role = includesRole(own, trigger) ? trigger : own;
  if (comment.isEdited) return refuse(editedProblem(comment), candidates);
  const problems = parsed.kind === "invalid" ? redactAll(parsed.problems, candidates) : [];
  if (selection.kind === "problem") {
    if (problems.length > 0) return { kind: "refused", problems };
    const [{ line, source } = { line: 1, source: "" }] = parsed.commands;
    return refuse({ line, source, sentence: selection.sentence }, candidates);
  }
  const { id, url, author } = comment;
  const source = { id, url, author: { login: author.login, id: author.id, role } };
  const { commands } = parsed;
  return { kind: "ready", session: selection.name, comment: { source, commands, problems } };
}

/** What was recorded is asked about again only to be answered. */
const RECORDED = { author: "read", trigger: "read" } as const;

function deny(
  who: string,
  role: Role,
  { needed, isFinal }: { readonly needed: Role; readonly isFinal: boolean },
): ReadComment {
  const sentence = `${who} the role ${role}, and the commands need at least ${needed}`;
  return { kind: "denied", sentence, isFinal };
}

/** A session that cannot be read may be the one that is meant, unless the issue or the commands say another. */
function waitForUnreadable(
  selection: SessionSelection,
  named: readonly string[],
  { unreadable }: ReadRequest,
): void {
  const [first] = unreadable.keys();
  const meant = named.find((name) => unreadable.has(name));
  const isSaid = selection.kind === "session" && named.length > 0;
  const isBound = selection.kind !== "none" && selection.isBound;
  const waits = meant ?? (isSaid || isBound ? undefined : first);
  if (waits !== undefined) throw unreadable.get(waits);
}

/** The session that a comment is about; all that it may be about where it does not say. */
function candidatesOf(
  selection: Exclude<SessionSelection, { kind: "none" }>,
  sessions: readonly CommandSession[],
): readonly CommandSession[] {
  if (selection.kind === "problem") return sessions;
  return sessions.filter(({ name }) => name === selection.name);
}

function refuse(problem: CommandProblem, candidates: readonly CommandSession[]): ReadComment {
  return { kind: "refused", problems: redactAll([problem], candidates) };
}

function redactAll(
  problems: readonly CommandProblem[],
  candidates: readonly CommandSession[],
): readonly CommandProblem[] {
  const redact = (text: string) => candidates.reduce((safe, session) => session.redact(safe), text);
  return problems.map((problem) => redactProblem(problem, redact));
}

function editedProblem({ body }: IncomingComment): CommandProblem {
  const [source = ""] = body.split(/\r?\n/, 1);
  const sentence = "the comment was edited before it was processed; please post it again";
  return { line: 1, source, sentence };
}

/** The parser of markdown is loaded only for what may hold a command. */
async function parse(comment: IncomingComment, prefix: string | undefined): Promise<ParsedComment> {
  if (comment.kind === "issue-form") {
    const { parseForm } = await import("../core/command/parse-form.ts");
    return parseForm(comment.body);
  }
  if (!mayHoldCommand(comment.body, prefix)) return { kind: "none" };
  const { parseComment } = await import("../core/command/parse-comment.ts");
  return parseComment(comment.body, present({ prefix }));
}

function ignore(sentence: string): ReadComment {
  return { kind: "ignored", sentence };
}

function isOfOther(selection: SessionSelection, session: string | undefined): boolean {
  return selection.kind === "session" && session !== undefined && selection.name !== session;
}

function namedSessions(parsed: ParsedComment): readonly string[] {
  if (parsed.kind !== "commands") return [];
  return parsed.commands.flatMap(({ command }) => command.session ?? []);
}

/** A bot that the session does not name. */
function isUnheardBot({ author }: IncomingComment, candidates: readonly CommandSession[]): boolean {
  if (!author.isBot) return false;
  const login = author.login.toLowerCase();
  const allowed = candidates.flatMap(({ allowedBots }) => allowedBots);
  return !allowed.some((bot) => [login, login.replace("[bot]", "")].includes(bot.toLowerCase()));
}

/** What this run's identity wrote, whatever a session says; of a person, whose token it may have, only reports and replies. */
async function isOurs(comment: IncomingComment, { isOwn }: ReadRequest): Promise<boolean> {
  return (comment.author.isBot || isMarked(comment.body)) && (await isOwn(comment));
}

/**
 * The role of the author, and of whoever started the run anew. GitHub knows no role of an app; one that session.yml allows
 * may propose, and people approve.
 */
async function readRoles(
  permissions: Permissions,
  { author, triggeringLogin }: IncomingComment,
): Promise<{ readonly author: Role; readonly trigger: Role }> {
  const known = await permissions.readRole(author.login);
  const role = author.isBot && !includesRole(known, "triage") ? "triage" : known;
  const isSame = triggeringLogin?.toLowerCase() === author.login.toLowerCase();
  if (triggeringLogin === undefined || isSame) return { author: role, trigger: role };
  return { author: role, trigger: await permissions.readRole(triggeringLogin) };
}

function namesOf(parsed: Exclude<ParsedComment, { kind: "none" }>): readonly CommandName[] {
  if (parsed.kind === "invalid") return parsed.names;
  return parsed.commands.map(({ command }) => command.name);
}

import type { CommandProblem, ParsedComment } from "../core/command/command.ts";
import type { CommandOutcome, CommentOutcome } from "../core/command/outcome.ts";
import { redactProblem } from "../core/command/redact-problem.ts";
import { refuseNames } from "../core/command/select-session.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import type { ReplyInput } from "../core/report/reply/reply.ts";
import type { SessionSettings } from "../core/session/settings.ts";
import { present } from "../core/text/present.ts";
import type { Redactor } from "../core/text/redact.ts";
import type { Sha256 } from "../core/text/sha256.ts";
import type { Clock } from "../ports/clock.ts";
import type { LogStore, Update } from "../ports/log-store.ts";
import { type AppliedComments, applyComments, type ReadyComment } from "./apply-comments.ts";
import { refuseAbsent } from "./refuse-absent.ts";
import { loadRenderer } from "./render-files.ts";
import { readSettings } from "./session-settings.ts";

export interface LocalCommandRequest {
  readonly session: string;
  /** The files stand at paths of their own, where no other session's can: `session=` names no other. */
  readonly isAlone: boolean;
  /** What a person wrote, as in a comment. */
  readonly body: string;
  /** Login of that person, who may do everything: it is their working tree. */
  readonly actor: string;
  /** The same id twice applies the commands once. */
  readonly commentId: string;
  readonly prefix?: string;
  /** Takes the run's own secrets out of what is told and written. */
  readonly redact: Redactor;
  readonly createRedactor: (settings: SessionSettings) => Redactor;
  readonly sha256: Sha256;
}

/** What a local call made of the commands. */
export interface LocalCommandResult {
  readonly decision: "ignored" | "refused" | "answered" | "applied" | "planned";
  readonly session: string;
  readonly outcomes: readonly CommandOutcome[];
  readonly problems: readonly CommandProblem[];
  /** What would be replied on GitHub, as markdown; empty where nothing would. */
  readonly reply: string;
  readonly update: Update<unknown> | undefined;
}

interface Ports {
  readonly store: LogStore;
  readonly clock: Pick<Clock, "now">;
}

/**
 * Applies the slash commands of a text to a session in a working tree, as a comment would on GitHub.
 *
 * @throws {InputError} when there is no such session
 */
export async function commandLocally(
  ports: Ports,
  request: LocalCommandRequest,
): Promise<LocalCommandResult> {
  const { parseComment } = await import("../core/command/parse-comment.ts");
  const { prefix } = request;
  const parsed = parseComment(request.body, present({ prefix }));
  if (parsed.kind === "none") return nothing(request.session);
  const redact = await readRedactor(ports, request);
  const faults = parsed.kind === "invalid" ? parsed.problems : [];
  const problems = faults.map((problem) => redactProblem(problem, redact));
  const named = await namedSession(ports, request, parsed);
  if (named.problem !== undefined) {
    return await refuse({ ...request, redact }, problems.length > 0 ? problems : [named.problem]);
  }
  const asked = { ...request, session: named.session };
  const { commands } = parsed;
  const update = await apply(ports, asked, { commands, problems });
  const outcome = update.value.outcomes[0] as CommentOutcome;
  if (outcome.kind === "applied") return await accept(asked, update, outcome.outcomes);
  if (outcome.kind === "refused") return await refuse(asked, outcome.problems);
  throw new Error("A person was denied a command on their own machine.");
}

type Parsed = Exclude<ParsedComment, { kind: "none" }>;

/** The session that the commands name, else the one that was asked for. */
async function namedSession(
  { store }: Pick<Ports, "store">,
  { session, isAlone }: LocalCommandRequest,
  { commands }: Parsed,
): Promise<{ readonly session: string; readonly problem?: CommandProblem }> {
  const named = commands.flatMap(({ command }) => command.session ?? []);
  if (named.length === 0 || named.includes(session)) {
    refuseAbsent(session, await store.read(session, [SESSION_FILES.log, SESSION_FILES.settings]));
  }
  const sentence = refuseNames(isAlone ? [session] : await store.sessions(), named);
  if (sentence === undefined) return { session: named[0] ?? session };
  const [{ line, source } = { line: 1, source: "" }] = commands;
  return { session, problem: { line, source, sentence } };
}

/** What the session that was asked for hides, where it is one. */
async function readRedactor(
  { store }: Pick<Ports, "store">,
  { session, createRedactor }: LocalCommandRequest,
): Promise<Redactor> {
  return createRedactor(await readSettings(await store.read(session, [SESSION_FILES.settings])));
}

async function apply(
  ports: Ports,
  request: LocalCommandRequest,
  read: Pick<ReadyComment, "commands" | "problems">,
): Promise<Update<AppliedComments>> {
  const { actor, commentId } = request;
  const author = { login: actor, id: "", role: "admin" } as const;
  return await applyComments(ports, {
    ...request,
    comments: [{ source: { id: commentId, url: "", author }, ...read }],
    repositoryId: "local",
    minPermission: "write",
    overrideSettings: (settings) => settings,
    render: await loadRenderer(request.redact),
  });
}

async function accept(
  request: LocalCommandRequest,
  update: Update<AppliedComments>,
  outcomes: readonly CommandOutcome[],
): Promise<LocalCommandResult> {
  const { table, settings, facts, rendered } = update.value;
  const { model } = rendered;
  const session = { outcomes, table, settings, facts, model, links: {}, launches: [] };
  const redact = request.createRedactor(settings);
  const reply = await renderReply({ ...request, redact }, { kind: "applied", session });
  return {
    ...nothing(request.session),
    decision: decisionOf(update, outcomes),
    outcomes,
    reply,
    update,
  };
}

function decisionOf(
  update: Update<unknown>,
  outcomes: readonly CommandOutcome[],
): LocalCommandResult["decision"] {
  if (update.kind === "planned") return "planned";
  return outcomes.every(({ kind }) => kind === "answered") ? "answered" : "applied";
}

async function refuse(
  request: LocalCommandRequest,
  told: readonly CommandProblem[],
): Promise<LocalCommandResult> {
  const problems = told.map((problem) => redactProblem(problem, request.redact));
  const reply = await renderReply(request, { kind: "refused", problems });
  return { ...nothing(request.session), decision: "refused", problems, reply };
}

function nothing(session: string): LocalCommandResult {
  return { decision: "ignored", session, outcomes: [], problems: [], reply: "", update: undefined };
}

async function renderReply(
  { actor, prefix, redact }: LocalCommandRequest,
  content: ReplyInput["content"],
): Promise<string> {
  const reply = await import("../core/report/reply/render-reply.ts");
  const named = present({ prefix });
  const comment = { author: { login: actor, id: "" } };
  return reply.renderReply({ comment, mayLaunch: false, redact, content, ...named });
}

import type { CommandProblem, ParsedComment } from "../core/command/command.ts";
import type { CommandOutcome, CommentOutcome } from "../core/command/outcome.ts";
import type { ReplyInput } from "../core/report/reply/reply.ts";
import type { SessionSettings } from "../core/session/settings.ts";
import type { Sha256 } from "../core/sticky/marker.ts";
import type { Clock } from "../ports/clock.ts";
import type { LogStore, Update } from "../ports/log-store.ts";
import { type AppliedComments, applyComments } from "./apply-comments.ts";
import { loadRenderer } from "./render-files.ts";

export interface LocalCommandRequest {
  readonly session: string;
  /** What a person wrote, as in a comment. */
  readonly body: string;
  /** Login of that person, who may do everything: it is their working tree. */
  readonly actor: string;
  /** The same id twice applies the commands once. */
  readonly commentId: string;
  readonly prefix?: string;
  readonly createRedactor: (settings: SessionSettings) => (text: string) => string;
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

/** Applies the slash commands of a text to a session in a working tree, as a comment would on GitHub. */
export async function commandLocally(
  ports: Ports,
  request: LocalCommandRequest,
): Promise<LocalCommandResult> {
  const { parseComment } = await import("../core/command/parse-comment.ts");
  const { prefix } = request;
  const parsed = parseComment(request.body, prefix === undefined ? {} : { prefix });
  if (parsed.kind === "none") return nothing(request.session);
  if (parsed.kind === "invalid") return await refuse(request, parsed.problems);
  const session = sessionOf(parsed, request.session);
  if (session === undefined) return await refuse(request, [severalSessions(parsed)]);
  const named = { ...request, session };
  const update = await apply(ports, named, parsed);
  const outcome = update.value.outcomes[0] as CommentOutcome;
  if (outcome.kind === "applied") return await accept(named, update, outcome.outcomes);
  if (outcome.kind === "refused") return await refuse(named, outcome.problems);
  throw new Error("A person was denied a command on their own machine.");
}

type Parsed = Extract<ParsedComment, { kind: "commands" }>;

/** The session that the commands name, else the one that was asked for; none where they name several. */
function sessionOf({ commands }: Parsed, asked: string): string | undefined {
  const [named, ...others] = new Set(commands.flatMap(({ command }) => command.session ?? []));
  return others.length === 0 ? (named ?? asked) : undefined;
}

function severalSessions({ commands }: Parsed): CommandProblem {
  const [{ line, source } = { line: 1, source: "" }] = commands;
  const sentence = "the commands name several sessions; give those of each in a call of its own";
  return { line, source, sentence };
}

async function apply(
  ports: Ports,
  request: LocalCommandRequest,
  { commands }: Parsed,
): Promise<Update<AppliedComments>> {
  const { actor, commentId } = request;
  const author = { login: actor, id: "", role: "admin" } as const;
  return await applyComments(ports, {
    ...request,
    comments: [{ source: { id: commentId, url: "", author }, commands }],
    repositoryId: "local",
    minPermission: "write",
    overrideSettings: (settings) => settings,
    render: await loadRenderer(),
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
  const reply = await renderReply(request, { kind: "applied", session });
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
  problems: readonly CommandProblem[],
): Promise<LocalCommandResult> {
  const reply = await renderReply(request, { kind: "refused", problems });
  return { ...nothing(request.session), decision: "refused", problems, reply };
}

function nothing(session: string): LocalCommandResult {
  return { decision: "ignored", session, outcomes: [], problems: [], reply: "", update: undefined };
}

async function renderReply(
  { actor, prefix }: LocalCommandRequest,
  content: ReplyInput["content"],
): Promise<string> {
  const reply = await import("../core/report/reply/render-reply.ts");
  const named = prefix === undefined ? {} : { prefix };
  return reply.renderReply({ comment: { author: actor }, mayLaunch: false, content, ...named });
}

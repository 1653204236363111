/** A repository, as far as an event tells. */
export interface EventRepository {
  readonly id?: number;
  /** `owner/name`. */
  readonly fullName?: string;
  readonly defaultBranch?: string;
  readonly visibility?: "public" | "private" | "internal";
}

/** What started the run. */
export type Event =
  | (EventBase & {
      readonly kind: "schedule" | "workflow-dispatch" | "repository-dispatch" | "push";
    })
  | (EventBase & {
      readonly kind: "issue-comment";
      readonly action: string;
      readonly issue: number;
      readonly onPullRequest: boolean;
      readonly commentId: number;
    })
  | (EventBase & { readonly kind: "issue"; readonly action: string; readonly issue: number })
  | (EventBase & {
      readonly kind: "pull-request";
      readonly action: string;
      readonly issue: number;
      /** The head is in another repository, so the token can only read. */
      readonly fork: boolean;
    })
  | (EventBase & { readonly kind: "pull-request-target" })
  | (EventBase & { readonly kind: "other" });

interface EventBase {
  /** As `GITHUB_EVENT_NAME` has it. */
  readonly name: string;
  readonly repository: EventRepository;
}

/**
 * Reads an event's payload by its documented shape; what is missing or of another type is absent, and
 * an event whose number is missing is `other`. Never throws.
 * https://docs.github.com/webhooks/webhook-events-and-payloads
 */
export function parseEvent(name: string, payload: unknown): Event {
  const base = { name, repository: parseRepository(field(payload, "repository")) };
  const parse = PARSERS.get(name);
  return parse?.(base, payload) ?? { ...base, kind: "other" };
}

/** The issue or pull request an event belongs to. */
export function issueOf(event: Event): number | undefined {
  return "issue" in event ? event.issue : undefined;
}

type Parser = (base: EventBase, payload: unknown) => Event | undefined;

const PARSERS: ReadonlyMap<string, Parser> = new Map<string, Parser>([
  ["schedule", (base) => ({ ...base, kind: "schedule" })],
  ["workflow_dispatch", (base) => ({ ...base, kind: "workflow-dispatch" })],
  ["repository_dispatch", (base) => ({ ...base, kind: "repository-dispatch" })],
  ["push", (base) => ({ ...base, kind: "push" })],
  ["issue_comment", parseIssueComment],
  ["issues", parseIssue],
  ["pull_request", parsePullRequest],
  ["pull_request_target", (base) => ({ ...base, kind: "pull-request-target" })],
]);

function parseIssueComment(base: EventBase, payload: unknown): Event | undefined {
  const issue = field(payload, "issue");
  const number = numberOf(field(issue, "number"));
  const commentId = numberOf(field(field(payload, "comment"), "id"));
  if (number === undefined || commentId === undefined) return undefined;
  const onPullRequest = typeof field(issue, "pull_request") === "object";
  const action = textOf(field(payload, "action")) ?? "";
  return { ...base, kind: "issue-comment", action, issue: number, onPullRequest, commentId };
}

function parseIssue(base: EventBase, payload: unknown): Event | undefined {
  const issue = numberOf(field(field(payload, "issue"), "number"));
  const action = textOf(field(payload, "action")) ?? "";
  return issue === undefined ? undefined : { ...base, kind: "issue", action, issue };
}

function parsePullRequest(base: EventBase, payload: unknown): Event | undefined {
  const pullRequest = field(payload, "pull_request");
  const issue = numberOf(field(pullRequest, "number"));
  if (issue === undefined) return undefined;
  const head = numberOf(field(field(field(pullRequest, "head"), "repo"), "id"));
  const action = textOf(field(payload, "action")) ?? "";
  // A head without a repository is a fork that was deleted.
  const fork = head === undefined || head !== base.repository.id;
  return { ...base, kind: "pull-request", action, issue, fork };
}

function parseRepository(repository: unknown): EventRepository {
  const id = numberOf(field(repository, "id"));
  const fullName = textOf(field(repository, "full_name"));
  const defaultBranch = textOf(field(repository, "default_branch"));
  const visibility = visibilityOf(repository);
  return {
    ...(id === undefined ? {} : { id }),
    ...(fullName === undefined ? {} : { fullName }),
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
    ...(visibility === undefined ? {} : { visibility }),
  };
}

function visibilityOf(repository: unknown): EventRepository["visibility"] {
  const visibility = field(repository, "visibility");
  if (visibility === "public" || visibility === "private" || visibility === "internal") {
    return visibility;
  }
  const isPrivate = field(repository, "private");
  if (typeof isPrivate !== "boolean") return undefined;
  return isPrivate ? "private" : "public";
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  const found = (value as Record<string, unknown>)[name];
  return found === null ? undefined : found;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

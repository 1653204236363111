import { present } from "../text/present.ts";
import { field, numberOf, textOf } from "./event-fields.ts";
import { type EventPost, parsePost } from "./event-post.ts";

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
      readonly comment: EventPost & { readonly id: number };
    })
  | (EventBase &
      EventPost & {
        readonly kind: "issue";
        readonly action: string;
        readonly issue: number;
        readonly labels: readonly string[];
        /** An issue that comes from another repository is `opened` in its new one, but was not written there. */
        readonly isTransferred: boolean;
      })
  | (EventBase & {
      readonly kind: "pull-request";
      readonly action: string;
      readonly issue: number;
      /** The head is in another repository, so the token can only read. */
      readonly fork: boolean;
      /** The commit of the branch it is to be merged into, and its own newest one. */
      readonly baseSha?: string;
      readonly headSha?: string;
    })
  | (EventBase & {
      readonly kind: "workflow-run";
      /** The commit that the other workflow ran for. */
      readonly headSha: string;
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
 * an event that lacks its number, its text's author or the like is `other`. Never throws.
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
  ["workflow_run", parseWorkflowRun],
  ["pull_request_target", (base) => ({ ...base, kind: "pull-request-target" })],
]);

function parseIssueComment(base: EventBase, payload: unknown): Event | undefined {
  const issue = numberOf(field(payload, "issue", "number"));
  const id = numberOf(field(payload, "comment", "id"));
  const post = parsePost(field(payload, "comment"));
  if (issue === undefined || id === undefined || post === undefined) return undefined;
  const onPullRequest = typeof field(payload, "issue", "pull_request") === "object";
  const action = textOf(field(payload, "action")) ?? "";
  return { ...base, kind: "issue-comment", action, issue, onPullRequest, comment: { id, ...post } };
}

function parseIssue(base: EventBase, payload: unknown): Event | undefined {
  const issue = numberOf(field(payload, "issue", "number"));
  const post = parsePost(field(payload, "issue"));
  if (issue === undefined || post === undefined) return undefined;
  const action = textOf(field(payload, "action")) ?? "";
  const labels = parseLabels(field(payload, "issue", "labels"));
  const isTransferred = field(payload, "changes", "old_issue") !== undefined;
  return { ...base, ...post, kind: "issue", action, issue, labels, isTransferred };
}

function parseLabels(labels: unknown): readonly string[] {
  if (!Array.isArray(labels)) return [];
  return labels.flatMap((label: unknown) => textOf(field(label, "name")) ?? []);
}

function parsePullRequest(base: EventBase, payload: unknown): Event | undefined {
  const pullRequest = field(payload, "pull_request");
  const issue = numberOf(field(pullRequest, "number"));
  if (issue === undefined) return undefined;
  const repository = numberOf(field(pullRequest, "head", "repo", "id"));
  const action = textOf(field(payload, "action")) ?? "";
  // A head without a repository is a fork that was deleted.
  const fork = repository === undefined || repository !== base.repository.id;
  const baseSha = shaOf(field(pullRequest, "base", "sha"));
  const headSha = shaOf(field(pullRequest, "head", "sha"));
  const commits = present({ baseSha, headSha });
  return { ...base, kind: "pull-request", action, issue, fork, ...commits };
}

function parseWorkflowRun(base: EventBase, payload: unknown): Event | undefined {
  const headSha = shaOf(field(payload, "workflow_run", "head_sha"));
  return headSha === undefined ? undefined : { ...base, kind: "workflow-run", headSha };
}

/** git's name of a commit, SHA-1 or SHA-256. */
function shaOf(value: unknown): string | undefined {
  const text = textOf(value) ?? "";
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? text : undefined;
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

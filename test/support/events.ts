import { createRequire } from "node:module";
import type { RepoHandle } from "./github/seed.ts";
import type { Account, Comment, Issue } from "./github/state.ts";

type Payload = Record<string, unknown>;
type Example = { name: string; examples: Payload[] };

const require = createRequire(import.meta.url);
let definitions: Example[] | undefined;

function examplesOf(name: string): Payload[] {
  definitions ??= require("@octokit/webhooks-examples") as Example[];
  // The first example of each event is an old one and lacks fields of today's schema.
  return (definitions.find((definition) => definition.name === name)?.examples ?? []).slice(1);
}

function isPayload(value: unknown): value is Payload {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Lays one payload over another: objects are merged, everything else is replaced. */
function overlay(base: unknown, over: unknown): unknown {
  if (!isPayload(base) || !isPayload(over)) return over;
  const merged: Payload = { ...base };
  for (const [key, value] of Object.entries(over)) merged[key] = overlay(base[key], value);
  return merged;
}

/** The `repository` part of an event about a repository of the loopback GitHub. */
export function repositoryOf(repo: RepoHandle): Payload {
  return {
    id: repo.id,
    name: repo.name,
    full_name: repo.fullName,
    default_branch: repo.defaultBranch,
    clone_url: repo.cloneUrl,
    owner: { login: repo.owner },
  };
}

/** The payload of an event as GitHub sends it, with a test's changes laid over it. */
export function event(name: string, overrides: Payload = {}): Payload {
  if (name === "schedule") {
    const [push] = examplesOf("push");
    const { repository } = push ?? {};
    const base = { schedule: "17 3 * * *", repository, workflow: ".github/workflows/monitor.yml" };
    return overlay(base, overrides) as Payload;
  }
  const examples = examplesOf(name);
  const fitting =
    // An issue may also be opened by a transfer; such a payload is made with `changes`.
    examples.find(({ action, changes }) => action === overrides["action"] && !changes) ??
    examples.find(({ action }) => action === overrides["action"]) ??
    examples[0];
  if (!fitting) throw new Error(`there is no example of the event ${name}`);
  return overlay(structuredClone(fitting), overrides) as Payload;
}

/** The `issue_comment` payload about a comment of the loopback GitHub, with a test's changes laid over it. */
export function commentEvent(repo: RepoHandle, comment: Comment, overrides: Payload = {}): Payload {
  const number = comment.issueNumber;
  const issue = repo.issues().find((one) => one.number === number);
  const url = repo.pageOf(number);
  const base = event("issue_comment", {
    action: overrides["action"] ?? "created",
    issue: {
      number,
      html_url: url,
      ...(issue?.pull === undefined ? {} : { pull_request: { html_url: url } }),
    },
    comment: {
      id: comment.id,
      html_url: repo.pageOf(number, comment),
      body: comment.body,
      created_at: secondsOf(comment.createdAt),
      updated_at: secondsOf(comment.updatedAt),
      user: userOf(comment.account),
    },
    repository: repositoryOf(repo),
    sender: userOf(comment.account),
  });
  return overlay(base, overrides) as Payload;
}

/** The `issues` payload about an issue of the loopback GitHub that was just opened. */
export function issueEvent(repo: RepoHandle, issue: Issue, overrides: Payload = {}): Payload {
  const base = event("issues", {
    action: overrides["action"] ?? "opened",
    issue: {
      id: issue.id,
      number: issue.number,
      html_url: repo.pageOf(issue.number),
      title: issue.title,
      body: issue.body,
      created_at: secondsOf(issue.createdAt),
      updated_at: secondsOf(issue.updatedAt),
      labels: [],
      user: userOf(issue.account),
    },
    repository: repositoryOf(repo),
    sender: userOf(issue.account),
  });
  return overlay(base, overrides) as Payload;
}

/** GitHub's dates have whole seconds. */
function secondsOf(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

function userOf({ login, id, type }: Account): Payload {
  return { login, id, type };
}

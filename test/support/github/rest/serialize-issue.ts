import { nodeId, timestamp } from "../ids.ts";
import type { PullRequest } from "../services/pulls.ts";
import { baseSha, headRepoOf, headSha } from "../services/pulls.ts";
import type { Account, Comment, Issue, Reaction, Repo, World } from "../state.ts";
import { htmlUrl, type Json, repository, repoUrl, user } from "./serialize-repo.ts";

const CONTENTS = ["+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"] as const;

export function association(repo: Repo, account: Account): string {
  if (account.id === repo.owner.id) return "OWNER";
  return repo.roles.has(account.login.toLowerCase()) ? "COLLABORATOR" : "NONE";
}

function reactionRollup(url: string, reactions: readonly Reaction[]): Json {
  const counts = CONTENTS.map((content) => [
    content,
    reactions.filter((reaction) => reaction.content === content).length,
  ]);
  return { url: `${url}/reactions`, total_count: reactions.length, ...Object.fromEntries(counts) };
}

export function reaction(world: World, value: Reaction): Json {
  return {
    id: value.id,
    node_id: nodeId("REA", value.id),
    user: user(world, value.account),
    content: value.content,
    created_at: timestamp(value.createdAt),
  };
}

export function commentNodeId(repo: Repo, value: Comment): string {
  return nodeId("IC", repo.id, value.id);
}

export function issueNodeId(repo: Repo, issue: Issue): string {
  return issue.pull ? nodeId("PR", repo.id, issue.pull.id) : nodeId("I", repo.id, issue.id);
}

export function issueHtmlUrl(world: World, repo: Repo, issue: Issue): string {
  return `${htmlUrl(world, repo)}/${issue.pull ? "pull" : "issues"}/${issue.number}`;
}

export function commentHtmlUrl(world: World, repo: Repo, value: Comment): string {
  const issue = repo.issues.get(value.issueNumber);
  const page = issue ? issueHtmlUrl(world, repo, issue) : htmlUrl(world, repo);
  return `${page}#issuecomment-${value.id}`;
}

export function comment(world: World, repo: Repo, value: Comment): Json {
  const url = `${repoUrl(world, repo)}/issues/comments/${value.id}`;
  return {
    url,
    html_url: commentHtmlUrl(world, repo, value),
    issue_url: `${repoUrl(world, repo)}/issues/${value.issueNumber}`,
    id: value.id,
    node_id: commentNodeId(repo, value),
    user: user(world, value.account),
    created_at: timestamp(value.createdAt),
    updated_at: timestamp(value.updatedAt),
    author_association: association(repo, value.account),
    body: value.body,
    reactions: reactionRollup(url, value.reactions),
    performed_via_github_app: null,
  };
}

function shared(world: World, repo: Repo, value: Issue): Json {
  const issueUrl = `${repoUrl(world, repo)}/issues/${value.number}`;
  return {
    number: value.number,
    title: value.title,
    user: user(world, value.account),
    labels: [],
    state: value.state,
    locked: value.locked,
    active_lock_reason: value.lockReason,
    assignee: null,
    assignees: [],
    milestone: null,
    comments_url: `${issueUrl}/comments`,
    html_url: issueHtmlUrl(world, repo, value),
    created_at: timestamp(value.createdAt),
    updated_at: timestamp(value.updatedAt),
    closed_at: value.closedAt ? timestamp(value.closedAt) : null,
    author_association: association(repo, value.account),
    body: value.body,
  };
}

export function issue(world: World, repo: Repo, value: Issue): Json {
  const url = `${repoUrl(world, repo)}/issues/${value.number}`;
  const html = issueHtmlUrl(world, repo, value);
  const pull = value.pull && {
    url: `${repoUrl(world, repo)}/pulls/${value.number}`,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    merged_at: value.pull.mergedAt ? timestamp(value.pull.mergedAt) : null,
  };
  return {
    ...shared(world, repo, value),
    id: value.id,
    node_id: issueNodeId(repo, value),
    url,
    repository_url: repoUrl(world, repo),
    labels_url: `${url}/labels{/name}`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    comments: repo.commentsOf(value.number).length,
    reactions: reactionRollup(url, value.reactions),
    performed_via_github_app: null,
    state_reason: value.state === "closed" ? "completed" : null,
    ...(pull ? { pull_request: pull, draft: value.pull?.draft } : {}),
  };
}

function links(world: World, repo: Repo, pull: PullRequest, sha: string): Json {
  const url = `${repoUrl(world, repo)}/pulls/${pull.number}`;
  const issueUrl = `${repoUrl(world, repo)}/issues/${pull.number}`;
  return {
    self: { href: url },
    html: { href: issueHtmlUrl(world, repo, pull) },
    issue: { href: issueUrl },
    comments: { href: `${issueUrl}/comments` },
    review_comments: { href: `${url}/comments` },
    review_comment: { href: `${repoUrl(world, repo)}/pulls/comments{/number}` },
    commits: { href: `${url}/commits` },
    statuses: { href: `${repoUrl(world, repo)}/statuses/${sha}` },
  };
}

function side(world: World, repo: Repo | undefined, ref: string, sha: string): Json {
  const owner = repo?.owner;
  return {
    label: `${owner?.login ?? "unknown repository"}:${ref}`,
    ref,
    sha,
    user: owner ? user(world, owner) : null,
    repo: repo ? repository(world, repo) : null,
  };
}

/** A `pull-request-simple`, as lists show it. */
export async function pullSimple(world: World, repo: Repo, pull: PullRequest): Promise<Json> {
  const [head, base] = [await headSha(world, repo, pull), await baseSha(repo, pull)];
  const url = `${repoUrl(world, repo)}/pulls/${pull.number}`;
  const html = issueHtmlUrl(world, repo, pull);
  return {
    ...shared(world, repo, pull),
    id: pull.pull.id,
    node_id: issueNodeId(repo, pull),
    url,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: `${repoUrl(world, repo)}/issues/${pull.number}`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${repoUrl(world, repo)}/pulls/comments{/number}`,
    statuses_url: `${repoUrl(world, repo)}/statuses/${head}`,
    merged_at: pull.pull.mergedAt ? timestamp(pull.pull.mergedAt) : null,
    merge_commit_sha: pull.pull.mergeCommitSha ?? null,
    requested_reviewers: [],
    requested_teams: [],
    draft: pull.pull.draft,
    auto_merge: null,
    head: side(world, headRepoOf(world, pull.pull), pull.pull.headRef, head),
    base: side(world, repo, pull.pull.baseRef, base),
    _links: links(world, repo, pull, head),
  };
}

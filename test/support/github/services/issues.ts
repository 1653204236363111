import type { Account, Issue, Repo, World } from "../state.ts";

/** Moves an issue with its comments to another repository, where it gets another number. */
export function transferIssue(world: World, from: Repo, issue: Issue, to: Repo): Issue {
  const number = world.nextNumber(to);
  const moved: Issue = { ...issue, number, transferredAt: new Date() };
  from.issues.delete(issue.number);
  to.issues.set(number, moved);
  for (const comment of from.commentsOf(issue.number)) {
    from.comments.delete(comment.id);
    comment.issueNumber = number;
    to.comments.set(comment.id, comment);
  }
  from.transferred.set(
    issue.number,
    () => `${world.baseUrl}/repos/${to.fullName}/issues/${number}`,
  );
  return moved;
}

export function storeIssue(
  world: World,
  repo: Repo,
  account: Account,
  facts: { title: string; body: string | null },
): Issue {
  const now = new Date();
  const issue: Issue = {
    id: world.nextId(),
    number: world.nextNumber(repo),
    account,
    createdAt: now,
    updatedAt: now,
    title: facts.title,
    body: facts.body,
    state: "open",
    closedAt: undefined,
    locked: false,
    lockReason: null,
    reactions: [],
    transferredAt: undefined,
    pull: undefined,
  };
  repo.issues.set(issue.number, issue);
  return issue;
}

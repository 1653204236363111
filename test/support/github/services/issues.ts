import type { Account, Issue, Repo, World } from "../state.ts";

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
    pull: undefined,
  };
  repo.issues.set(issue.number, issue);
  return issue;
}

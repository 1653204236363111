import { git, tryGit } from "../git/run-git.ts";
import { invalid, Problem } from "../problem.ts";
import type { Account, Issue, PullFacts, Repo, Token, World } from "../state.ts";
import { signatureOf, WEB_FLOW } from "./refs.ts";

export type PullRequest = Issue & { pull: PullFacts };

export type NewPull = {
  title: string;
  body: string | null;
  head: string;
  base: string;
  draft: boolean;
  headRepo?: string | undefined;
};

export function asPull(issue: Issue | undefined): PullRequest | undefined {
  return issue?.pull ? (issue as PullRequest) : undefined;
}

function splitHead(repo: Repo, head: string): { owner: string; branch: string } {
  const colon = head.indexOf(":");
  if (colon < 0) return { owner: repo.owner.login, branch: head };
  return { owner: head.slice(0, colon), branch: head.slice(colon + 1) };
}

export function headRepoOf(world: World, pull: PullFacts): Repo | undefined {
  const [owner = "", name = ""] = pull.headRepo.split("/");
  return world.repo(owner, name);
}

/** The head's newest commit while it is open, the last one known afterwards. */
export async function headSha(world: World, repo: Repo, pull: PullRequest): Promise<string> {
  const { closedHeadSha, headRef } = pull.pull;
  if (closedHeadSha !== undefined) return closedHeadSha;
  const live = await headRepoOf(world, pull.pull)?.git.head(headRef);
  return live ?? (await repo.git.resolve(`refs/pull/${pull.number}/head`)) ?? "";
}

export async function baseSha(repo: Repo, pull: PullRequest): Promise<string> {
  return (await repo.git.head(pull.pull.baseRef)) ?? "";
}

/** Brings `refs/pull/N/head` to the heads' newest commits, a fork's objects included. */
export async function syncPullRefs(world: World, repo: Repo): Promise<void> {
  for (const issue of repo.issues.values()) {
    const pull = asPull(issue);
    if (!pull || pull.pull.closedHeadSha !== undefined) continue;
    const from = headRepoOf(world, pull.pull);
    if (!from || (await from.git.head(pull.pull.headRef)) === undefined) continue;
    const refspec = `+refs/heads/${pull.pull.headRef}:refs/pull/${pull.number}/head`;
    await git(repo.git.dir, ["fetch", "--quiet", "--no-write-fetch-head", from.git.dir, refspec]);
  }
}

async function assertNewPull(
  world: World,
  repo: Repo,
  facts: NewPull,
): Promise<{ headRepo: Repo; branch: string }> {
  const { owner, branch } = splitHead(repo, facts.head);
  const headName = facts.headRepo?.split("/")[1] ?? repo.name;
  const headRepo = world.repo(owner, headName);
  const headOid = await headRepo?.git.head(branch);
  if (!headRepo || headOid === undefined) {
    throw invalid({ resource: "PullRequest", field: "head", code: "invalid" });
  }
  const baseOid = await repo.git.head(facts.base);
  if (baseOid === undefined) {
    throw invalid({ resource: "PullRequest", field: "base", code: "invalid" });
  }
  const open = [...repo.issues.values()].some(
    (issue) =>
      issue.state === "open" &&
      issue.pull?.headRef === branch &&
      issue.pull.headRepo === headRepo.fullName &&
      issue.pull.baseRef === facts.base,
  );
  const refuse = (message: string): Problem =>
    invalid({ resource: "PullRequest", code: "custom", message });
  if (open) throw refuse(`A pull request already exists for ${owner}:${branch}.`);
  if (headRepo === repo && (await repo.git.revList(`${baseOid}..${headOid}`)).length === 0) {
    throw refuse(`No commits between ${facts.base} and ${branch}`);
  }
  return { headRepo, branch };
}

export async function storePull(
  world: World,
  repo: Repo,
  account: Account,
  facts: NewPull,
): Promise<PullRequest> {
  const { headRepo, branch } = await assertNewPull(world, repo, facts);
  const now = new Date();
  const pull: PullRequest = {
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
    pull: {
      id: world.nextId(),
      headRef: branch,
      headRepo: headRepo.fullName,
      baseRef: facts.base,
      draft: facts.draft,
      closedHeadSha: undefined,
      mergedAt: undefined,
      mergeCommitSha: undefined,
    },
  };
  repo.issues.set(pull.number, pull);
  await syncPullRefs(world, repo);
  return pull;
}

export function createPull(
  world: World,
  repo: Repo,
  token: Token,
  facts: NewPull,
): Promise<PullRequest> {
  if (token.account.login === "github-actions[bot]" && !repo.actionsMayCreatePulls) {
    throw new Problem(403, "GitHub Actions is not permitted to create or approve pull requests.");
  }
  return storePull(world, repo, token.account, facts);
}

export async function setPullState(
  world: World,
  repo: Repo,
  pull: PullRequest,
  state: "open" | "closed",
): Promise<void> {
  if (pull.state === state) return;
  const now = new Date();
  pull.pull.closedHeadSha = state === "closed" ? await headSha(world, repo, pull) : undefined;
  pull.closedAt = state === "closed" ? now : undefined;
  pull.state = state;
  pull.updatedAt = now;
}

/** Merges as the button does: a merge commit on the base branch. */
export async function mergePull(world: World, repo: Repo, pull: PullRequest): Promise<string> {
  await syncPullRefs(world, repo);
  const [base, head] = [await baseSha(repo, pull), await headSha(world, repo, pull)];
  const merged = await tryGit(repo.git.dir, ["merge-tree", "--write-tree", base, head]);
  if (merged.code !== 0) throw new Error(`pull request ${pull.number} does not merge cleanly`);
  const oid = await repo.git.commitTree({
    tree: merged.stdout.toString().trim(),
    parents: [base, head],
    message: `Merge pull request #${pull.number} from ${pull.pull.headRef}`,
    author: signatureOf(repo.owner),
    committer: WEB_FLOW,
  });
  await git(repo.git.dir, ["update-ref", `refs/heads/${pull.pull.baseRef}`, oid, base]);
  pull.pull.mergeCommitSha = oid;
  pull.pull.mergedAt = new Date();
  await setPullState(world, repo, pull, "closed");
  return oid;
}

import type { FileChange, Signature } from "../git/bare-repo.ts";
import { EMPTY_TREE, ZERO_OID } from "../git/bare-repo.ts";
import { assertUnprotected } from "../git/protection.ts";
import { tryGit } from "../git/run-git.ts";
import { Problem } from "../problem.ts";
import type { Account, Repo } from "../state.ts";

/** One reference of a transaction; `beforeOid` undefined: whatever it is now. */
export type RefChange = {
  ref: string;
  afterOid: string;
  beforeOid?: string | undefined;
  force: boolean;
};

/** GitHub's own signature on commits made through its API. */
export const WEB_FLOW: Signature = { name: "GitHub", email: "noreply@github.com" };

export function signatureOf(account: Account): Signature {
  const email = `${account.id}+${account.login}@users.noreply.github.com`;
  return { name: account.login, email };
}

async function isValidRef(repo: Repo, ref: string): Promise<boolean> {
  if (!/^refs\/[^/]+\/./.test(ref)) return false;
  return (await tryGit(repo.git.dir, ["check-ref-format", ref])).code === 0;
}

export async function createRef(repo: Repo, ref: string, oid: string): Promise<void> {
  if (!(await isValidRef(repo, ref))) throw new Problem(422, `${ref} is not a valid ref name.`);
  const found = await repo.git.resolve(`${oid}^{object}`);
  if (found === undefined) throw new Problem(422, "Object does not exist");
  assertUnprotected(repo, ref);
  const result = await repo.git.updateRefs([{ ref, newOid: oid, oldOid: ZERO_OID }]);
  if (result === "stale") throw new Problem(422, "Reference already exists");
  if (result === "invalid") throw new Problem(422, "Reference update failed");
}

/** Moves references in one transaction: all or none. */
export async function changeRefs(repo: Repo, changes: readonly RefChange[]): Promise<void> {
  const updates: { ref: string; newOid: string; oldOid: string }[] = [];
  for (const { ref, afterOid, beforeOid, force } of changes) {
    const current = (await repo.git.resolve(ref)) ?? ZERO_OID;
    if (beforeOid !== undefined && beforeOid !== current) throw stale(beforeOid);
    assertUnprotected(repo, ref);
    const moves = current !== ZERO_OID && afterOid !== ZERO_OID;
    if (afterOid !== ZERO_OID && (await repo.git.resolve(`${afterOid}^{object}`)) === undefined) {
      throw new Problem(422, "Object does not exist");
    }
    if (moves && !force && !(await repo.git.isAncestor(current, afterOid))) {
      throw new Problem(422, "Update is not a fast forward");
    }
    updates.push({ ref, newOid: afterOid, oldOid: current });
  }
  if ((await repo.git.updateRefs(updates)) !== "done") {
    throw new Problem(409, "Reference cannot be updated", { type: "STALE_DATA" });
  }
}

/** The answer to an outdated head; the two spaces are GitHub's. */
function stale(expected: string): Problem {
  return new Problem(
    409,
    `Expected branch to point to "${expected}" but it did not.  Pull and try again.`,
    { type: "STALE_DATA" },
  );
}

/** Commits changes on top of an expected head and moves the branch by compare-and-swap. */
export async function commitOnBranch(
  repo: Repo,
  facts: {
    branch: string;
    expectedHeadOid: string;
    message: string;
    changes: readonly FileChange[];
    author: Signature;
  },
): Promise<string> {
  const ref = `refs/heads/${facts.branch}`;
  if ((await repo.git.resolve(ref)) !== facts.expectedHeadOid) throw stale(facts.expectedHeadOid);
  assertUnprotected(repo, ref);
  const tree = await repo.git.applyChanges(facts.expectedHeadOid, facts.changes);
  const oid = await repo.git.commitTree({
    tree,
    parents: [facts.expectedHeadOid],
    message: facts.message,
    author: facts.author,
    committer: WEB_FLOW,
  });
  const result = await repo.git.updateRefs([{ ref, newOid: oid, oldOid: facts.expectedHeadOid }]);
  if (result !== "done") throw stale(facts.expectedHeadOid);
  return oid;
}

/** Commits on the newest head, whatever it is: for seeding; creates the branch. */
export async function seedCommit(
  repo: Repo,
  branch: string,
  changes: readonly FileChange[],
  message: string,
): Promise<string> {
  for (;;) {
    const head = await repo.git.head(branch);
    const oid = await repo.git.commitTree({
      tree: await repo.git.applyChanges(head ?? EMPTY_TREE, changes),
      parents: head === undefined ? [] : [head],
      message,
      author: signatureOf(repo.owner),
      committer: WEB_FLOW,
    });
    const update = { ref: `refs/heads/${branch}`, newOid: oid, oldOid: head ?? ZERO_OID };
    const result = await repo.git.updateRefs([update]);
    if (result === "done") return oid;
    if (result === "invalid") throw new Error(`cannot create the branch ${branch}`);
  }
}

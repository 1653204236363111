import { InputError } from "../../core/errors.ts";
import { pullRequestBranch } from "../../core/sync/own-branch.ts";
import type { BranchHead, CommitOutcome } from "../../ports/branch-remote.ts";
import type { Edit, SessionFiles, Update } from "../../ports/log-store.ts";
import type { PullRequests } from "../../ports/pull-requests.ts";
import { createAttempts } from "./attempts.ts";
import {
  type Committed,
  commitPlan,
  explainRepeat,
  isRehearsal,
  type Plan,
  reportPlanned,
  verifyCommit,
} from "./commit-plan.ts";
import { type Files, type StoreContext, toRevision } from "./context.ts";
import { planChanges } from "./plan-changes.ts";

/** What an edit of the pull request's branch starts from. */
interface Start {
  /** The branch the log lives on. */
  readonly base: BranchHead;
  /** The pull request's branch; `undefined` before the first commit. */
  readonly own: BranchHead | undefined;
  /** The files the edit is applied to. */
  readonly files: SessionFiles;
  /** The commit takes in the base, whose session files moved since the branches parted. */
  readonly takesInBase: boolean;
}

/** Applies an edit to the session's one branch and keeps its one pull request open. */
export async function updateByPullRequest<T>(
  context: StoreContext,
  session: string,
  edit: Edit<T>,
): Promise<Update<T>> {
  const run: Run = { context, session, pullRequests: requirePullRequests(context) };
  const attempts = createAttempts(context.clock, context.onProgress);
  let sent: readonly string[] | undefined;
  for (;;) {
    const start = await readStart(run);
    const plan = applyEdit(start, edit);
    const beyondBase = planChanges(
      start.base,
      { ...plan.base, files: new Map() },
      plan.edited.files,
    );
    if (beyondBase.size === 0) return reportUnchanged(start, plan);
    if (plan.changed.size === 0) return settleCommitted(run, start, { ...plan, beyondBase, sent });
    if (isRehearsal(context)) return reportPlanned(plan);
    context.assertSafe(start.files, plan.edited.files);
    const outcome = await commitToBranch(run, start, plan);
    if (outcome.kind === "committed") return reportCommitted(run, plan, { start, outcome });
    if (outcome.kind === "unclear") sent = [...plan.changed.keys()];
    await attempts.again(explainRepeat(outcome, pullRequestBranch(session)));
  }
}

interface Run {
  readonly context: StoreContext;
  readonly session: string;
  readonly pullRequests: PullRequests;
}

function requirePullRequests(context: StoreContext): PullRequests {
  if (context.pullRequests !== undefined) return context.pullRequests;
  throw new InputError("Pull-request mode needs GitHub's API, and this run has no access to it.", {
    remedy: "Set the input `token`, or the input `commit` to push.",
  });
}

async function readStart(run: Run): Promise<Start> {
  const { context, session } = run;
  const base = await context.heads.current();
  const own = await context.remote.readHead(pullRequestBranch(session));
  if (own === undefined) {
    return { base, own, files: await context.readSession(base, session), takesInBase: false };
  }
  const files = await context.readSession(own, session);
  const ancestor = await readAncestor(run, base, own);
  if (ancestor === undefined || isSameSession(files.folder, ancestor, base)) {
    return { base, own, files, takesInBase: false };
  }
  const merged = context.mergeFiles({
    ancestor: (await context.readSession(ancestor, session)).files,
    ours: files.files,
    theirs: (await context.readSession(base, session)).files,
  });
  return { base, own, files: { folder: files.folder, files: merged }, takesInBase: true };
}

/** Where the two branches parted; `undefined` when the pull request's branch holds all of the base. */
async function readAncestor(
  { context, pullRequests }: Run,
  base: BranchHead,
  own: BranchHead,
): Promise<BranchHead | undefined> {
  if (base.commit === own.commit) return undefined;
  const { mergeBase, behindBy } = await pullRequests.compare(base.commit, own.commit);
  return behindBy === 0 ? undefined : context.remote.readCommit(own.branch, mergeBase);
}

/** Whether two commits hold the same files in a session's folder. */
function isSameSession(folder: string, left: BranchHead, right: BranchHead): boolean {
  const list = (head: BranchHead) =>
    [...head.entries].filter(([path]) => path.startsWith(`${folder}/`));
  const files = list(left);
  return (
    files.length === list(right).length &&
    files.every(([path, { oid }]) => right.entries.get(path)?.oid === oid)
  );
}

/** The changes against the tree the commit is made from: the base's when it takes in the base. */
function applyEdit<T>(start: Start, edit: Edit<T>): Plan<T> {
  const edited = edit(start.files);
  const head = start.takesInBase ? start.base : (start.own ?? start.base);
  const known = start.takesInBase ? { ...start.files, files: new Map() } : start.files;
  const changed = planChanges(head, known, edited.files);
  return { head, base: start.files, edited, changed };
}

function reportUnchanged<T>({ own, base }: Start, { edited }: Plan<T>): Update<T> {
  return { kind: "unchanged", value: edited.value, head: toRevision(own ?? base) };
}

/** The branch already holds everything; what may be missing is the pull request. */
async function settleCommitted<T>(
  { context, session, pullRequests }: Run,
  start: Start,
  plan: Plan<T> & { beyondBase: Files; sent: readonly string[] | undefined },
): Promise<Update<T>> {
  const head = start.own ?? start.base;
  const open = await pullRequests.findOpen(pullRequestBranch(session), start.base.branch);
  const isOld = open !== undefined && plan.sent === undefined;
  if (isOld || isRehearsal(context)) return reportUnchanged(start, plan);
  const pullRequest = open ?? (await pullRequests.create(describe(session, start.base.branch)));
  const files = plan.sent ?? [...plan.beyondBase.keys()];
  const { value } = plan.edited;
  return { kind: "committed", value, files, head: toRevision(head), pullRequest };
}

async function commitToBranch<T>(
  { context, session }: Run,
  { base, own, takesInBase }: Start,
  plan: Plan<T>,
): Promise<CommitOutcome> {
  const branch = pullRequestBranch(session);
  const isNew = own === undefined;
  if (isNew && (await context.remote.createBranch(branch, base.commit)) === "exists") {
    return { kind: "stale" };
  }
  const parent = own?.commit ?? base.commit;
  const merge = takesInBase ? { mergeParent: base.commit } : {};
  return commitPlan(context, { branch, parent, ...merge }, plan);
}

async function reportCommitted<T>(
  { context, session, pullRequests }: Run,
  plan: Plan<T>,
  { start, outcome }: { start: Start; outcome: Committed },
): Promise<Update<T>> {
  const branch = pullRequestBranch(session);
  const head = { commit: outcome.commit, committedAt: outcome.committedAt, branch };
  await verifyCommit(context, head, plan.changed);
  const open = await pullRequests.findOpen(branch, start.base.branch);
  const pullRequest = open ?? (await pullRequests.create(describe(session, start.base.branch)));
  const files = [...plan.changed.keys()];
  return { kind: "committed", value: plan.edited.value, files, head, pullRequest };
}

/** Plain sentences; a session's name holds nothing that markdown reads. */
function describe(session: string, base: string): Parameters<PullRequests["create"]>[0] {
  return {
    head: pullRequestBranch(session),
    base,
    title: `Update the experiment log of ${session}`,
    body: [
      `Experiment Monitor records the session ${session} here because the base branch takes changes by pull request only.`,
      "Later runs add to this pull request until it is merged; then they open the next one.",
    ].join("\n\n"),
  };
}

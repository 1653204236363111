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
import { type Run, readStart, type Start } from "./pull-request-start.ts";

/** The files that an edit of the session's one branch begins with. */
export async function readByPullRequest(
  context: StoreContext,
  session: string,
): Promise<SessionFiles> {
  const { files } = await readStart(createRun(context, session));
  return files;
}

/** Applies an edit to the session's one branch and keeps its one pull request open. */
export async function updateByPullRequest<T>(
  context: StoreContext,
  session: string,
  edit: Edit<T>,
): Promise<Update<T>> {
  const run = createRun(context, session);
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
    if (plan.changed.size === 0) {
      const settled = await settleCommitted(run, start, { ...plan, beyondBase, sent });
      if (settled !== undefined) return settled;
      await attempts.again(`The branch ${start.base.branch} moved`);
      continue;
    }
    if (isRehearsal(context)) return reportPlanned(plan);
    context.assertSafe(start.files, plan.edited.files);
    const outcome = await commitToBranch(run, start, plan);
    if (outcome.kind === "committed") return reportCommitted(run, plan, { start, outcome });
    if (outcome.kind === "unclear") sent = [...plan.changed.keys()];
    await attempts.again(explainRepeat(outcome, pullRequestBranch(session)));
  }
}

function createRun(context: StoreContext, session: string): Run {
  return { context, session, pullRequests: requirePullRequests(context) };
}

function requirePullRequests(context: StoreContext): PullRequests {
  if (context.pullRequests !== undefined) return context.pullRequests;
  throw new InputError("Pull-request mode needs GitHub's API, and this run has no access to it.", {
    remedy: "Set the input `token`, or the input `commit` to push.",
  });
}

/** The changes against the tree the commit is made from: the base's, with the merged files, when it takes in the base. */
function applyEdit<T>(start: Start, edit: Edit<T>): Plan<T> {
  const edited = edit(start.files);
  const { files: base, takesInBase } = start;
  if (!takesInBase) {
    const head = start.own ?? start.base;
    return { head, base, edited, changed: planChanges(head, base, edited.files) };
  }
  const next = new Map([...base.files, ...edited.files]);
  const changed = planChanges(start.base, { ...base, files: new Map() }, next);
  return { head: start.base, base, edited, changed };
}

function reportUnchanged<T>({ own, base }: Start, { edited }: Plan<T>): Update<T> {
  return { kind: "unchanged", value: edited.value, head: toRevision(own ?? base) };
}

/**
 * The branch already holds everything; what may be missing is the pull request. `undefined` when the base moved: perhaps the
 * pull request was merged, and none is missing.
 */
async function settleCommitted<T>(
  { context, session, pullRequests }: Run,
  start: Start,
  plan: Plan<T> & { beyondBase: Files; sent: readonly string[] | undefined },
): Promise<Update<T> | undefined> {
  const head = start.own ?? start.base;
  const open = await pullRequests.findOpen(pullRequestBranch(session), start.base.branch);
  const isOld = open !== undefined && plan.sent === undefined;
  if (isOld || isRehearsal(context)) return reportUnchanged(start, plan);
  if (open === undefined && (await hasMoved(context, start.base))) return undefined;
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
  if (own === undefined && !(await startBranch(context, branch, base))) return { kind: "stale" };
  const parent = own?.commit ?? base.commit;
  const merge = takesInBase ? { mergeParent: base.commit } : {};
  return commitPlan(context, { branch, parent, ...merge }, plan);
}

/**
 * Creates the branch where the base stands. That must be where it stands still: another run's branch may have come, been
 * merged and gone since the base was read, and from now on this one is what every run sees.
 */
async function startBranch(
  context: StoreContext,
  branch: string,
  base: BranchHead,
): Promise<boolean> {
  context.heads.forget();
  const creation = await context.remote.createBranch(branch, base.commit);
  return creation === "created" && !(await hasMoved(context, base));
}

/** Looks at the base anew. */
async function hasMoved({ heads }: StoreContext, base: BranchHead): Promise<boolean> {
  heads.forget();
  return (await heads.current()).commit !== base.commit;
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

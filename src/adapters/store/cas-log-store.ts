import { pullRequestBranch } from "../../core/sync/own-branch.ts";
import type { Edit, LogStore, SessionFiles, Update } from "../../ports/log-store.ts";
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
import { type CasLogStoreOptions, createHeads, type StoreContext, toRevision } from "./context.ts";
import { planChanges } from "./plan-changes.ts";
import { readByPullRequest, updateByPullRequest } from "./pull-request-update.ts";
import { listSessions } from "./session-paths.ts";
import { createSessionReader } from "./session-reader.ts";

/**
 * A log store on a branch of a repository. A write is an edit of the newest files, committed by compare-and-swap; when the
 * branch has moved, the edit is applied again to what stands there now.
 */
export function createCasLogStore(options: CasLogStoreOptions): LogStore {
  const context: StoreContext = {
    ...options,
    readSession: createSessionReader(options.remote, options.experimentsDir),
    heads: createHeads(options.remote, options.branch),
  };
  return {
    async sessions() {
      return listSessions(await context.heads.current(), context.experimentsDir);
    },
    async read(session, names) {
      return context.readSession(await context.heads.current(), session, names);
    },
    readNewest: (session, options) => {
      if (options?.isFresh) context.heads.forget();
      return readNewest(context, session);
    },
    update: (session, edit, options) => {
      if (options?.isFresh) context.heads.forget();
      return update(context, session, edit);
    },
  };
}

async function readNewest(context: StoreContext, session: string): Promise<SessionFiles> {
  const isCarried =
    context.commit === "pull-request" || (await isCarriedByPullRequest(context, session));
  if (isCarried) return readByPullRequest(context, session);
  return context.readSession(await context.heads.current(), session);
}

function update<T>(context: StoreContext, session: string, edit: Edit<T>): Promise<Update<T>> {
  return context.commit === "pull-request"
    ? updateByPullRequest(context, session, edit)
    : updateByPush(context, session, edit);
}

async function updateByPush<T>(
  context: StoreContext,
  session: string,
  edit: Edit<T>,
): Promise<Update<T>> {
  const attempts = createAttempts(context.clock, context.onProgress);
  let sent: readonly string[] | undefined;
  for (;;) {
    const head = await context.heads.current();
    const base = await context.readSession(head, session);
    const edited = edit(base);
    const plan = { head, base, edited, changed: planChanges(head, base, edited.files) };
    if (await isCarriedByPullRequest(context, session)) {
      return updateByPullRequest(context, session, edit);
    }
    if (plan.changed.size === 0) return settleUnchanged(plan, sent);
    if (isRehearsal(context)) return reportPlanned(plan);
    context.assertSafe(base, edited.files);
    const outcome = await commitPlan(context, { branch: head.branch, parent: head.commit }, plan);
    if (outcome.kind === "committed") return reportCommitted(context, plan, outcome);
    if (outcome.kind === "protected" && mayFallBack(context)) {
      context.onProgress(
        `The branch ${head.branch} refuses pushes; a pull request carries the log`,
      );
      return updateByPullRequest(context, session, edit);
    }
    if (outcome.kind === "unclear") sent = [...plan.changed.keys()];
    await attempts.again(explainRepeat(outcome, head.branch));
  }
}

/**
 * Whether an earlier run has moved to a pull request: while its branch exists the next ones go on there, so that
 * nothing is pushed only to be refused.
 */
async function isCarriedByPullRequest(context: StoreContext, session: string): Promise<boolean> {
  return mayFallBack(context) && context.remote.sawOwnBranch(pullRequestBranch(session));
}

function mayFallBack(context: StoreContext): boolean {
  return context.commit === "auto" && context.pullRequests !== undefined;
}

/** Nothing to do; after an unclear answer that means that the commit did land. */
function settleUnchanged<T>(
  { edited: { value }, head }: Plan<T>,
  sent: readonly string[] | undefined,
): Update<T> {
  const revision = toRevision(head);
  if (sent === undefined) return { kind: "unchanged", value, head: revision };
  return { kind: "committed", value, files: sent, head: revision };
}

async function reportCommitted<T>(
  context: StoreContext,
  plan: Plan<T>,
  outcome: Committed,
): Promise<Update<T>> {
  const { commit, committedAt } = outcome;
  const head = { commit, committedAt, branch: plan.head.branch };
  const seen = await verifyCommit(context, head, plan.changed);
  if (seen !== undefined) context.heads.remember(seen);
  return { kind: "committed", value: plan.edited.value, files: [...plan.changed.keys()], head };
}

import { requirePermission } from "../access.ts";
import { nodeId, timestamp } from "../ids.ts";
import { Problem } from "../problem.ts";
import { htmlUrl } from "../rest/serialize-repo.ts";
import { findIssue } from "../services/comments.ts";
import {
  asPull,
  baseSha,
  headRepoOf,
  headSha,
  type PullRequest,
  syncPullRefs,
} from "../services/pulls.ts";
import type { Issue, Repo } from "../state.ts";
import { connection, type PageArgs } from "./connection.ts";
import type { GraphqlContext } from "./context.ts";
import { actorNode, conversation, databaseId, timelineItems } from "./conversation.ts";
import { gitObject, refNode } from "./git-objects.ts";

export function pullNode(context: GraphqlContext, repo: Repo, pull: PullRequest): object {
  const { world } = context;
  const closed = pull.pull.mergedAt ? "MERGED" : "CLOSED";
  const head = headRepoOf(world, pull.pull);
  return {
    __typename: "PullRequest",
    ...conversation(context, repo, pull),
    databaseId: databaseId(pull.pull.id),
    fullDatabaseId: String(pull.pull.id),
    state: pull.state === "open" ? "OPEN" : closed,
    merged: pull.pull.mergedAt !== undefined,
    mergedAt: pull.pull.mergedAt ? timestamp(pull.pull.mergedAt) : null,
    isDraft: pull.pull.draft,
    isCrossRepository: pull.pull.headRepo !== repo.fullName,
    headRefName: pull.pull.headRef,
    headRefOid: () => headSha(world, repo, pull),
    headRef: () => (head ? refNode(world, head, `refs/heads/${pull.pull.headRef}`) : null),
    headRepository: head ? repositoryNode(context, head) : null,
    headRepositoryOwner: head ? actorNode(head.owner) : null,
    baseRefName: pull.pull.baseRef,
    baseRefOid: () => baseSha(repo, pull),
    baseRef: () => refNode(world, repo, `refs/heads/${pull.pull.baseRef}`),
  };
}

export function issueNode(context: GraphqlContext, repo: Repo, issue: Issue): object {
  const pull = asPull(issue);
  if (pull) return pullNode(context, repo, pull);
  return {
    __typename: "Issue",
    ...conversation(context, repo, issue),
    databaseId: databaseId(issue.id),
    fullDatabaseId: String(issue.id),
    state: issue.state === "open" ? "OPEN" : "CLOSED",
    timelineItems: (args: PageArgs & { itemTypes?: string[] | null }) => timelineItems(issue, args),
  };
}

type PullArgs = PageArgs & {
  states?: string[] | null;
  headRefName?: string | null;
  baseRefName?: string | null;
  orderBy?: { direction: "ASC" | "DESC" } | null;
};

function pullStateOf(pull: PullRequest): string {
  if (pull.state === "open") return "OPEN";
  return pull.pull.mergedAt ? "MERGED" : "CLOSED";
}

function pulls(context: GraphqlContext, repo: Repo, args: PullArgs): object {
  requirePermission(context.token, repo, ["pull_requests"], "read");
  const matching = [...repo.issues.values()]
    .map(asPull)
    .filter((pull) => pull !== undefined)
    .filter((pull) => !args.states || args.states.includes(pullStateOf(pull)))
    .filter((pull) => !args.headRefName || pull.pull.headRef === args.headRefName)
    .filter((pull) => !args.baseRefName || pull.pull.baseRef === args.baseRefName)
    .map((item) => ({ key: item.number, item }));
  const ordered = args.orderBy?.direction === "DESC" ? matching.reverse() : matching;
  return connection("pullRequests", ordered, args, (item) => pullNode(context, repo, item));
}

function viewerPermission({ token }: GraphqlContext, repo: Repo): string | null {
  if (token.account.type === "Bot")
    return token.permissions.contents === "write" ? "WRITE" : "READ";
  const role = repo.role(token.account);
  return role === "none" ? null : role.toUpperCase();
}

/** A repository; its git data is the bare repository's. */
export function repositoryNode(context: GraphqlContext, repo: Repo): object {
  const { world, token } = context;
  const mayRead = (): void => requirePermission(token, repo, ["contents"], "read");
  const numbered = (number: number): Issue => {
    try {
      return findIssue(repo, number);
    } catch {
      const what = "an issue or pull request";
      throw new Problem(404, `Could not resolve to ${what} with the number of ${number}.`);
    }
  };
  return {
    __typename: "Repository",
    id: nodeId("R", repo.id),
    databaseId: repo.id,
    name: repo.name,
    nameWithOwner: repo.fullName,
    owner: actorNode(repo.owner),
    url: htmlUrl(world, repo),
    isPrivate: repo.isPrivate,
    isArchived: false,
    isFork: false,
    isEmpty: () => repo.git.isEmpty(),
    visibility: repo.visibility.toUpperCase(),
    viewerPermission: viewerPermission(context, repo),
    defaultBranchRef: () => {
      mayRead();
      return refNode(world, repo, `refs/heads/${repo.defaultBranch}`);
    },
    ref: ({ qualifiedName }: { qualifiedName: string }) => {
      mayRead();
      const full = qualifiedName.startsWith("refs/")
        ? qualifiedName
        : `refs/heads/${qualifiedName}`;
      return refNode(world, repo, full);
    },
    refs: async ({ refPrefix, ...page }: PageArgs & { refPrefix: string }) => {
      mayRead();
      const found = [...(await repo.git.refs(refPrefix)).keys()];
      const items = found.map((ref) => ({ key: ref, item: ref }));
      return connection("refs", items, page, async (ref) => ({
        ...(await refNode(world, repo, ref)),
        name: ref.slice(refPrefix.length),
        prefix: refPrefix,
      }));
    },
    object: async ({ expression, oid }: { expression?: string | null; oid?: string | null }) => {
      mayRead();
      await syncPullRefs(world, repo);
      return gitObject(world, repo, expression ?? oid ?? "");
    },
    issue: ({ number }: { number: number }) => issueNode(context, repo, numbered(number)),
    pullRequest: ({ number }: { number: number }) => issueNode(context, repo, numbered(number)),
    issueOrPullRequest: ({ number }: { number: number }) =>
      issueNode(context, repo, numbered(number)),
    pullRequests: (args: PullArgs) => pulls(context, repo, args),
  };
}

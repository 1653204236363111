import { nodeId, timestamp } from "../ids.ts";
import {
  association,
  commentHtmlUrl,
  commentNodeId,
  issueNodeId,
} from "../rest/serialize-issue.ts";
import { htmlUrl } from "../rest/serialize-repo.ts";
import { requireConversation } from "../services/comments.ts";
import type { Account, Comment, Issue, Reaction, ReactionContent, Repo } from "../state.ts";
import { connection, type PageArgs } from "./connection.ts";
import type { GraphqlContext } from "./context.ts";

/** GraphQL's Int has 32 bits: the id of a young comment or issue does not fit and is null. */
export function databaseId(id: number): number | null {
  return id > 0x7fffffff ? null : id;
}

/** Who wrote something; nobody once the account is deleted. */
function authorNode(account: Account): object | null {
  return account.login === "ghost" ? null : actorNode(account);
}

/** An actor; a bot's login has no `[bot]` here, unlike in REST. */
export function actorNode(account: Account): object {
  const isBot = account.type === "Bot";
  return {
    __typename: account.type,
    id: nodeId(isBot ? "BOT" : "U", account.id),
    databaseId: account.id,
    login: isBot ? account.login.replace(/\[bot\]$/, "") : account.login,
  };
}

/** A comment as its reader sees it. */
export function commentNode(
  { world, token }: GraphqlContext,
  repo: Repo,
  comment: Comment,
): object {
  return {
    __typename: "IssueComment",
    id: commentNodeId(repo, comment),
    databaseId: databaseId(comment.id),
    fullDatabaseId: String(comment.id),
    url: commentHtmlUrl(world, repo, comment),
    body: comment.body,
    author: authorNode(comment.account),
    authorAssociation: association(repo, comment.account),
    viewerDidAuthor: comment.account.id === token.account.id,
    createdAt: timestamp(comment.createdAt),
    updatedAt: timestamp(comment.updatedAt),
    lastEditedAt: comment.editedAt ? timestamp(comment.editedAt) : null,
    includesCreatedEdit: comment.editedAt !== undefined,
    reactionGroups: reactionGroups(comment.reactions, token.account),
    isMinimized: comment.minimizedReason !== undefined,
    minimizedReason: comment.minimizedReason ?? null,
  };
}

const GROUPS: readonly (readonly [string, ReactionContent])[] = [
  ["THUMBS_UP", "+1"],
  ["THUMBS_DOWN", "-1"],
  ["LAUGH", "laugh"],
  ["HOORAY", "hooray"],
  ["CONFUSED", "confused"],
  ["HEART", "heart"],
  ["ROCKET", "rocket"],
  ["EYES", "eyes"],
];

/** All eight groups, the empty ones too. */
function reactionGroups(reactions: readonly Reaction[], viewer: Account): object[] {
  return GROUPS.map(([content, name]) => {
    const group = reactions.filter((reaction) => reaction.content === name);
    const [first] = group;
    return {
      content,
      createdAt: first ? timestamp(first.createdAt) : null,
      viewerHasReacted: group.some(({ account }) => account.id === viewer.id),
    };
  });
}

/** Of an issue's history only the transfers. */
export function timelineItems(
  issue: Issue,
  args: PageArgs & { itemTypes?: string[] | null },
): object {
  const isTransfers = args.itemTypes?.length === 1 && args.itemTypes[0] === "TRANSFERRED_EVENT";
  if (!isTransfers) throw new Error("of timelineItems the loopback serves TRANSFERRED_EVENT alone");
  const { transferredAt } = issue;
  const items = transferredAt ? [{ key: 1, item: transferredAt }] : [];
  return connection("timelineItems", items, args, (item) => ({
    __typename: "TransferredEvent",
    createdAt: timestamp(item),
  }));
}

/** What an issue and a pull request have in common. */
export function conversation(context: GraphqlContext, repo: Repo, issue: Issue): object {
  return {
    id: issueNodeId(repo, issue),
    number: issue.number,
    title: issue.title,
    body: issue.body ?? "",
    locked: issue.locked,
    closed: issue.state === "closed",
    url: `${htmlUrl(context.world, repo)}/${issue.pull ? "pull" : "issues"}/${issue.number}`,
    author: actorNode(issue.account),
    createdAt: timestamp(issue.createdAt),
    updatedAt: timestamp(issue.updatedAt),
    closedAt: issue.closedAt ? timestamp(issue.closedAt) : null,
    comments: (args: PageArgs) => {
      requireConversation(context.token, repo, issue, "read");
      const listed = repo.commentsOf(issue.number, Date.now());
      const items = listed.map((item) => ({ key: item.id, item }));
      return connection("comments", items, args, (item) => commentNode(context, repo, item));
    },
  };
}

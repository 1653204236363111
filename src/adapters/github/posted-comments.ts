import { RemoteError } from "../../core/errors.ts";
import { quoteUntrusted } from "../../core/text/safe-log.ts";
import { parseInstant } from "../../core/text/time.ts";
import type { PostedAuthor, PostedComment, PostedComments } from "../../ports/posted-comments.ts";
import type { Reaction } from "../../ports/reactions.ts";
import { readList, readNumber, readPath, readText } from "./json.ts";
import type { GitHubRepository } from "./repository.ts";
import { parseAuthorLogin, queryThread } from "./thread.ts";

const CONVERSATION = `comments(last: 100, before: $before) {
        pageInfo { hasPreviousPage startCursor }
        nodes {
          fullDatabaseId url body createdAt lastEditedAt viewerDidAuthor
          author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
          reactionGroups { content viewerHasReacted }
        }
      }`;
const QUERY = `query($owner: String!, $repo: String!, $number: Int!, $before: String) {
  repository(owner: $owner, name: $repo) {
    url
    issueOrPullRequest(number: $number) {
      ... on Issue {
        ${CONVERSATION}
        timelineItems(last: 1, itemTypes: [TRANSFERRED_EVENT]) {
          nodes { ... on TransferredEvent { createdAt } }
        }
      }
      ... on PullRequest { ${CONVERSATION} }
    }
  }
}`;

/** The newest comments of one repository's issues and pull requests. */
export function createPostedComments(options: GitHubRepository): PostedComments {
  return { readSince: (issue, since) => readSince(options, { issue, since }) };
}

/** Reads pages from the newest backwards until one reaches behind the instant. */
async function readSince(
  options: GitHubRepository,
  { issue, since }: { readonly issue: number; readonly since: string },
): Promise<readonly PostedComment[]> {
  let start = instantOf(since);
  const pages: (readonly PostedComment[])[] = [];
  let before: string | undefined;
  for (;;) {
    const thread = await queryThread(options, QUERY, { number: issue, before });
    start = Math.max(start, ...readTransfers(thread));
    const nodes = readList(thread, "issueOrPullRequest", "comments", "nodes");
    const recent = nodes.filter((node) => instantOf(readText(node, "createdAt")) >= start);
    const home = recent.length === 0 ? "" : `${readText(thread, "url")}/`;
    pages.unshift(recent.flatMap((node) => parseComment(node, home)));
    const pageInfo = readPath(thread, "issueOrPullRequest", "comments", "pageInfo");
    const hasOlder = readPath(pageInfo, "hasPreviousPage") === true;
    if (!hasOlder || recent.length < nodes.length) return pages.flat();
    before = readText(pageInfo, "startCursor");
  }
}

/** Seconds since 1970. */
function instantOf(text: string): number {
  const instant = parseInstant(text);
  if (instant !== undefined) return instant;
  throw new RemoteError(`${quoteUntrusted(text)} is no date by which comments can be told.`);
}

/** When the issue came from another repository: what was said before is not for this one's loop. */
function readTransfers(thread: unknown): readonly number[] {
  const events = readList(thread, "issueOrPullRequest", "timelineItems", "nodes");
  return events.map((event) => instantOf(readText(event, "createdAt")));
}

/** Nothing where the comment is another repository's, or its author neither a person nor an app (a deleted account). */
function parseComment(node: unknown, home: string): readonly PostedComment[] {
  const author = parseAuthor(node);
  const url = readText(node, "url");
  if (author === undefined || !url.startsWith(home)) return [];
  const comment = {
    id: readNumber(node, "fullDatabaseId"),
    url,
    body: readText(node, "body"),
    createdAt: readText(node, "createdAt"),
    isEdited: readPath(node, "lastEditedAt") !== undefined,
    author,
    isOurs: readPath(node, "viewerDidAuthor") === true,
    ownReactions: parseReactions(readList(node, "reactionGroups")),
  };
  return [comment];
}

function parseAuthor(node: unknown): PostedAuthor | undefined {
  const login = parseAuthorLogin(node);
  if (login === undefined || readPath(node, "author", "databaseId") === undefined) return undefined;
  const isBot = readPath(node, "author", "__typename") !== "User" || login.endsWith("[bot]");
  return { login, id: String(readNumber(node, "author", "databaseId")), isBot };
}

const REACTIONS: ReadonlyMap<unknown, Reaction> = new Map([
  ["EYES", "eyes"],
  ["ROCKET", "rocket"],
  ["CONFUSED", "confused"],
  ["THUMBS_DOWN", "-1"],
]);

function parseReactions(groups: readonly unknown[]): ReadonlySet<Reaction> {
  const own = groups.filter((group) => readPath(group, "viewerHasReacted") === true);
  return new Set(own.flatMap((group) => REACTIONS.get(readPath(group, "content")) ?? []));
}

import type {
  Comments,
  CommentWrite,
  Thread,
  ThreadComment,
  Unwritable,
} from "../../ports/comments.ts";
import type { RestRequest } from "./client.ts";
import { classifyWords, GitHubError, type Task, wordsOf } from "./failure.ts";
import { readList, readNumber, readPath, readText } from "./json.ts";
import type { GitHubRepository } from "./repository.ts";
import { parseAuthorLogin, queryThread } from "./thread.ts";

const WRITE: Task = { what: "write the comment", needs: "issues: write" };

const CONVERSATION = `number locked comments(last: 100, before: $before) {
        pageInfo { hasPreviousPage startCursor }
        nodes { fullDatabaseId url body viewerDidAuthor author { __typename login } }
      }`;
const QUERY = `query($owner: String!, $repo: String!, $number: Int!, $before: String) {
  repository(owner: $owner, name: $repo) {
    issueOrPullRequest(number: $number) {
      __typename
      ... on Issue { ${CONVERSATION} }
      ... on PullRequest { ${CONVERSATION} }
    }
  }
}`;

/** Comments of one repository's issues and pull requests. */
export function createComments(options: GitHubRepository): Comments {
  return {
    readThread: (issue, from) => readThread(options, issue, from),
    create: (issue, body) =>
      write(options, {
        route: "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
        parameters: { issue_number: issue, body },
      }),
    async update(id, body) {
      const written = await write(options, {
        route: "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
        parameters: { comment_id: id, body },
      });
      return reportGone(written);
    },
    remove: (id) => remove(options, id),
  };
}

/** Reads pages from the newest backwards until one holds the comment from which on they are needed. */
async function readThread(
  options: GitHubRepository,
  issue: number,
  from: number | undefined,
): Promise<Thread | undefined> {
  let comments: readonly ThreadComment[] = [];
  let before: string | undefined;
  for (;;) {
    const repository = await queryThread(options, QUERY, { number: issue, before });
    const page = readPath(repository, "issueOrPullRequest");
    if (page === undefined) return undefined;
    const read = readList(page, "comments", "nodes").map(parseComment);
    comments = [...read, ...comments];
    const hasOlder = readPath(page, "comments", "pageInfo", "hasPreviousPage") === true;
    if (!hasOlder || read.some(({ id }) => id === from)) return { ...parseThread(page), comments };
    before = readText(page, "comments", "pageInfo", "startCursor");
  }
}

function parseThread(page: unknown): Omit<Thread, "comments"> {
  return {
    number: readNumber(page, "number"),
    kind: readText(page, "__typename") === "PullRequest" ? "pull-request" : "issue",
    locked: readPath(page, "locked") === true,
  };
}

function parseComment(node: unknown): ThreadComment {
  return {
    id: readNumber(node, "fullDatabaseId"),
    url: readText(node, "url"),
    body: readText(node, "body"),
    isOurs: readPath(node, "viewerDidAuthor") === true,
    authorLogin: parseAuthorLogin(node),
  };
}

async function write(options: GitHubRepository, request: RestRequest): Promise<CommentWrite> {
  const { client, owner, repo } = options;
  const parameters = { owner, repo, ...request.parameters };
  try {
    return {
      kind: "written",
      comment: parseWritten(await client.write(WRITE, { ...request, parameters })),
    };
  } catch (error) {
    return classifyWriteFailure(error);
  }
}

function parseWritten(answer: unknown): ThreadComment {
  const login = readPath(answer, "user", "login");
  return {
    id: readNumber(answer, "id"),
    url: readText(answer, "html_url"),
    body: readText(answer, "body"),
    isOurs: true,
    authorLogin: typeof login === "string" ? login : undefined,
  };
}

async function remove(
  { client, owner, repo }: GitHubRepository,
  id: number,
): Promise<CommentWrite | { readonly kind: "removed" }> {
  const route = "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}";
  try {
    await client.write(WRITE, { route, parameters: { owner, repo, comment_id: id } });
    return { kind: "removed" };
  } catch (error) {
    return reportGone(classifyWriteFailure(error));
  }
}

/** What is not found is, for a comment that was seen, one that somebody deleted. */
function reportGone(written: CommentWrite): CommentWrite {
  return written.kind === "refused" && written.reason === "not-found" ? { kind: "gone" } : written;
}

const STATUSES: Readonly<Record<number, Unwritable>> = {
  401: "forbidden",
  403: "forbidden",
  404: "not-found",
  410: "not-found",
};

/** A comment that cannot be written never fails a run whose log is saved, so it is told, not thrown. */
function classifyWriteFailure(error: unknown): CommentWrite {
  if (!(error instanceof GitHubError)) throw error;
  const detail = error.advice;
  if (error.failure.kind === "unclear") return { kind: "unclear", detail };
  const reason = classifyWords(wordsOf(error.failure)) ?? STATUSES[error.status ?? 0];
  if (reason === undefined) throw error;
  return { kind: "refused", reason, detail };
}

import { GitHubError, type Task } from "./failure.ts";
import { readPath } from "./json.ts";
import type { GitHubRepository } from "./repository.ts";

const READ: Task = { what: "read the comments", needs: "issues: read" };

/** One page of a conversation, or the newest one. */
export interface ThreadPage {
  readonly number: number;
  /** The cursor of the next newer page. */
  readonly before: string | undefined;
}

/** The repository of an answer to a query for a conversation; `undefined` when there is none of that number. */
export async function queryThread(
  { client, owner, repo }: GitHubRepository,
  query: string,
  { number, before }: ThreadPage,
): Promise<unknown> {
  const variables = { owner, repo, number, ...(before === undefined ? {} : { before }) };
  try {
    return readPath(await client.query(READ, { query, variables }), "repository");
  } catch (error) {
    if (isAbsentThread(error)) return undefined;
    throw error;
  }
}

/** Whether a query for a conversation failed because there is no issue or pull request of that number. */
function isAbsentThread(error: unknown): boolean {
  if (!(error instanceof GitHubError) || error.failure.kind !== "graphql") return false;
  return error.failure.errors.every(
    ({ type, path }) => type === "NOT_FOUND" && path.at(-1) === "issueOrPullRequest",
  );
}

/** The login of a node's author as pages show it: GraphQL leaves out the `[bot]` of an app's. */
export function parseAuthorLogin(node: unknown): string | undefined {
  const login = readPath(node, "author", "login");
  if (typeof login !== "string") return undefined;
  return readPath(node, "author", "__typename") === "Bot" ? `${login}[bot]` : login;
}

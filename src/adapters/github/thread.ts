import { GitHubError } from "./failure.ts";
import { readPath } from "./json.ts";

/** Whether a query for a conversation failed because there is no issue or pull request of that number. */
export function isAbsentThread(error: unknown): boolean {
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

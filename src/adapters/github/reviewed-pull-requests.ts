import type { ReviewedPullRequest } from "../../ports/pull-request-changes.ts";
import type { ReviewedPullRequests } from "../../ports/reviewed-pull-requests.ts";
import type { Task } from "./failure.ts";
import { readNumber, readPath, readText } from "./json.ts";
import type { GitHubRepository } from "./repository.ts";

const FIND: Task = { what: "look for the open pull request", needs: "pull-requests: read" };

/** Open pull requests of one repository, whoever's they are, over REST. */
export function createReviewedPullRequests(options: GitHubRepository): ReviewedPullRequests {
  return { findByHead: (headSha) => findByHead(options, headSha) };
}

/** Of the pull requests that changed last; one that has just been pushed to is among them. */
async function findByHead(
  { client, owner, repo }: GitHubRepository,
  headSha: string,
): Promise<ReviewedPullRequest | undefined> {
  const answer = await client.read(FIND, {
    route: "GET /repos/{owner}/{repo}/pulls",
    parameters: { owner, repo, state: "open", sort: "updated", direction: "desc", per_page: 100 },
  });
  const listed: readonly unknown[] = Array.isArray(answer) ? answer : [];
  const found = listed.find((pull) => readPath(pull, "head", "sha") === headSha);
  if (found === undefined) return undefined;
  const baseSha = readText(found, "base", "sha");
  return { number: readNumber(found, "number"), baseSha, headSha };
}

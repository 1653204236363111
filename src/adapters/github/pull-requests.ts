import type { Comparison, PullRequest, PullRequests } from "../../ports/pull-requests.ts";
import { GitHubError, type Task, wordsOf } from "./failure.ts";
import { readList, readNumber, readPath, readText } from "./json.ts";
import type { GitHubRepository } from "./repository.ts";

type NewPullRequest = Parameters<PullRequests["create"]>[0];

const COMPARE: Task = { what: "compare two branches", needs: "contents: read" };
const FIND: Task = { what: "look for the open pull request", needs: "pull-requests: read" };
const CREATE: Task = { what: "create the pull request", needs: "pull-requests: write" };

/** Pull requests of one repository, over REST. */
export function createPullRequests(options: GitHubRepository): PullRequests {
  return {
    compare: (base, head) => compare(options, base, head),
    findOpen: (head, base) => findOpen(options, head, base),
    create: (request) => create(options, request),
  };
}

async function compare(
  { client, owner, repo }: GitHubRepository,
  base: string,
  head: string,
): Promise<Comparison> {
  const answer = await client.read(COMPARE, {
    route: "GET /repos/{owner}/{repo}/compare/{basehead}",
    parameters: { owner, repo, basehead: `${base}...${head}`, per_page: 1 },
  });
  return {
    mergeBase: readText(answer, "merge_base_commit", "sha"),
    aheadBy: readNumber(answer, "ahead_by"),
    behindBy: readNumber(answer, "behind_by"),
    changed: parseChanged(answer),
  };
}

/** GitHub lists the files on the first page, and no more than these: https://docs.github.com/rest/commits/commits#compare-two-commits */
const MOST_FILES = 300;

function parseChanged(answer: unknown): ReadonlyMap<string, string> | undefined {
  const files = readList(answer, "files");
  if (readPath(answer, "files") === undefined || files.length >= MOST_FILES) return undefined;
  return new Map(files.flatMap(parseChangedFile));
}

/** A renamed file is gone under its old name. */
function parseChangedFile(file: unknown): [string, string][] {
  const before =
    readPath(file, "status") === "renamed" ? [readText(file, "previous_filename")] : [];
  const isRemoved = readPath(file, "status") === "removed";
  return [
    ...before.map((path): [string, string] => [path, "absent"]),
    [readText(file, "filename"), isRemoved ? "absent" : readText(file, "sha")],
  ];
}

async function findOpen(
  { client, owner, repo }: GitHubRepository,
  head: string,
  base: string,
): Promise<PullRequest | undefined> {
  const answer = await client.read(FIND, {
    route: "GET /repos/{owner}/{repo}/pulls",
    parameters: { owner, repo, state: "open", head: `${owner}:${head}`, base, per_page: 1 },
  });
  const first: unknown = Array.isArray(answer) ? answer[0] : undefined;
  return first === undefined ? undefined : parsePullRequest(first);
}

/** Two runs may create at once, and an answer may be lost: whoever is told no, or nothing, looks for the other's. */
async function create(options: GitHubRepository, request: NewPullRequest): Promise<PullRequest> {
  const { client, owner, repo } = options;
  try {
    const answer = await client.write(CREATE, {
      route: "POST /repos/{owner}/{repo}/pulls",
      parameters: { owner, repo, ...request },
    });
    return parsePullRequest(answer);
  } catch (error) {
    if (!(error instanceof GitHubError) || !mayExist(error)) throw error;
    const found = await findOpen(options, request.head, request.base);
    if (found === undefined) throw error;
    return found;
  }
}

function mayExist(error: GitHubError): boolean {
  return (
    error.failure.kind === "unclear" || /pull request already exists/i.test(wordsOf(error.failure))
  );
}

function parsePullRequest(answer: unknown): PullRequest {
  return { number: readNumber(answer, "number"), url: readText(answer, "html_url") };
}

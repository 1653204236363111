import { planPause, READ_ATTEMPTS } from "../../core/sync/retry.ts";
import type { Clock } from "../../ports/clock.ts";
import { classifyFetch } from "./classify.ts";
import type { TemporaryRepository } from "./remote-repository.ts";
import type { GitResult } from "./run-git.ts";

/** A repository to fetch into and where from. */
export interface FetchContext {
  readonly repository: TemporaryRepository;
  readonly url: string;
  readonly clock: Clock;
}

/** Without tags, hooks of other repositories or `FETCH_HEAD`; blobs stay away until they are asked for. */
const FETCH = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--filter=blob:none"];

/**
 * Fetches refspecs to a depth of one commit. `undefined` when a branch does not exist; throws `RemoteError` when the remote
 * refuses or does not answer after retries.
 */
export function fetchCommits(
  context: FetchContext,
  refspecs: readonly string[],
): Promise<GitResult | undefined> {
  const args = [...FETCH, "--depth=1", context.url, ...refspecs];
  return readRemote(context, () => context.repository.fetch(args));
}

/** Fetches blobs by object id, all in one request: git itself would ask for them one by one. */
export async function fetchBlobs(context: FetchContext, oids: readonly string[]): Promise<void> {
  const negotiation = ["-c", "fetch.negotiationAlgorithm=noop"];
  const args = [...negotiation, ...FETCH, "--stdin", context.url];
  await readRemote(context, () => context.repository.fetch(args, `${oids.join("\n")}\n`));
}

/** The name of the remote's default branch; `undefined` when it has none. */
export async function readDefaultBranch(context: FetchContext): Promise<string | undefined> {
  const args = ["ls-remote", "--symref", context.url, "HEAD"];
  const result = await readRemote(context, () => context.repository.run(args));
  const text = result?.stdout.toString("utf8") ?? "";
  return /^ref: refs\/heads\/(.+)\tHEAD$/m.exec(text)?.[1];
}

/** Whether the server sent every blob, because it knows no filters. */
export function ignoredFilter(result: GitResult): boolean {
  return /filtering not recognized by server/i.test(result.stderr);
}

async function readRemote(
  context: FetchContext,
  send: () => Promise<GitResult>,
): Promise<GitResult | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await send();
    const outcome = classifyFetch(result);
    if (outcome.kind === "fetched") return result;
    if (outcome.kind === "missing-branch") return undefined;
    if (outcome.kind === "refused" || attempt >= READ_ATTEMPTS) throw outcome.error;
    await context.clock.sleep(planPause(attempt, context.clock.random()));
  }
}

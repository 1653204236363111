import type { ReviewedPullRequest } from "./pull-request-changes.ts";

/** Anybody's pull requests, of which a run is told the newest commit only. */
export interface ReviewedPullRequests {
  /** The open pull request whose newest commit that is; `undefined` when there is none. */
  findByHead(headSha: string): Promise<ReviewedPullRequest | undefined>;
}

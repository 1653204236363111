/** How two branches relate. */
export interface Comparison {
  readonly mergeBase: string;
  /** Commits on `head` that `base` lacks. */
  readonly aheadBy: number;
  /** Commits on `base` that `head` lacks. */
  readonly behindBy: number;
  /** Path → blob that `head` changed since the merge base, `"absent"` where it removed it; `undefined` when not all are known. */
  readonly changed: ReadonlyMap<string, string> | undefined;
}

export interface PullRequest {
  readonly number: number;
  readonly url: string;
}

/** The one open pull request that carries log changes to a protected branch, and how branches relate. */
export interface PullRequests {
  compare(base: string, head: string): Promise<Comparison>;
  findOpen(head: string, base: string): Promise<PullRequest | undefined>;
  /** Never blindly repeated: after an unclear answer it looks again first. */
  create(request: {
    head: string;
    base: string;
    title: string;
    body: string;
  }): Promise<PullRequest>;
}

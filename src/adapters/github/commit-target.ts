import type { Task } from "./failure.ts";
import type { GitHubRepository } from "./repository.ts";

/** Where commits go. */
export interface CommitTarget extends GitHubRepository {
  /** The most bytes of changed files one commit carries. */
  readonly maxBytes: number;
}

/** What a commit is for, in the sentences of errors. */
export const COMMIT_TASK: Task = { what: "commit to the log's branch", needs: "contents: write" };

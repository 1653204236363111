import type { GitHubClient } from "./client.ts";

/** One repository on GitHub, and the way to it. */
export interface GitHubRepository {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly repo: string;
}

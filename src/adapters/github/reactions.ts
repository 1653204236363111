import type { Reaction, Reactions, ReactionTarget } from "../../ports/reactions.ts";
import type { GitHubClient } from "./client.ts";
import { GitHubError, type Task } from "./failure.ts";

export interface ReactionsOptions {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly repo: string;
}

const REACT: Task = { what: "react to the comment", needs: "issues: write" };

const ROUTES = {
  comment: "POST /repos/{owner}/{repo}/issues/comments/{id}/reactions",
  issue: "POST /repos/{owner}/{repo}/issues/{id}/reactions",
} as const;

/** Reactions to comments and issues of one repository. */
export function createReactions(options: ReactionsOptions): Reactions {
  return { react: (target, reaction) => react(options, target, reaction) };
}

async function react(
  { client, owner, repo }: ReactionsOptions,
  target: ReactionTarget,
  reaction: Reaction,
): Promise<string | undefined> {
  const parameters = { owner, repo, id: target.id, content: reaction };
  try {
    await client.write(REACT, { route: ROUTES[target.kind], parameters });
    return undefined;
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return error.remedy === undefined ? error.message : `${error.message} ${error.remedy}`;
  }
}

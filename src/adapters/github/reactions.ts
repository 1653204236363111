import type { Reaction, Reactions, ReactionTarget } from "../../ports/reactions.ts";
import { GitHubError, type Task } from "./failure.ts";
import type { GitHubRepository } from "./repository.ts";

const REACT: Task = { what: "react to the comment", needs: "issues: write" };

const ROUTES = {
  comment: "POST /repos/{owner}/{repo}/issues/comments/{id}/reactions",
  issue: "POST /repos/{owner}/{repo}/issues/{id}/reactions",
} as const;

/** Reactions to comments and issues of one repository. */
export function createReactions(options: GitHubRepository): Reactions {
  return { react: (target, reaction) => react(options, target, reaction) };
}

async function react(
  { client, owner, repo }: GitHubRepository,
  target: ReactionTarget,
  reaction: Reaction,
): Promise<string | undefined> {
  const parameters = { owner, repo, id: target.id, content: reaction };
  try {
    await client.write(REACT, { route: ROUTES[target.kind], parameters });
    return undefined;
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return error.advice;
  }
}

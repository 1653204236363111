import { canSee } from "../access.ts";
import { nodeId } from "../ids.ts";
import { Problem } from "../problem.ts";
import { commentNodeId, issueNodeId } from "../rest/serialize-issue.ts";
import type { Comment, Issue, Repo, Token, World } from "../state.ts";

/** What every resolver gets. */
export type GraphqlContext = { world: World; token: Token };

function unresolved(id: string): Problem {
  return new Problem(404, `Could not resolve to a node with the global id of '${id}'`);
}

function visibleRepos({ world, token }: GraphqlContext): Repo[] {
  return [...world.repos.values()].filter((repo) => canSee(token, repo));
}

/** The repository `owner/name` names, or GitHub's refusal. */
export function repoByName(context: GraphqlContext, owner: string, name: string): Repo {
  const repo = context.world.repo(owner, name);
  if (!repo || !canSee(context.token, repo)) {
    throw new Problem(404, `Could not resolve to a Repository with the name '${owner}/${name}'.`);
  }
  return repo;
}

export function repoById(context: GraphqlContext, id: string): Repo {
  const found = visibleRepos(context).find((repo) => nodeId("R", repo.id) === id);
  if (!found) throw unresolved(id);
  return found;
}

export function issueById(context: GraphqlContext, id: string): { repo: Repo; issue: Issue } {
  for (const repo of visibleRepos(context)) {
    for (const issue of repo.issues.values()) {
      if (issueNodeId(repo, issue) === id) return { repo, issue };
    }
  }
  throw unresolved(id);
}

export function commentById(
  context: GraphqlContext,
  id: string,
): { repo: Repo; issue: Issue; comment: Comment } {
  for (const repo of visibleRepos(context)) {
    for (const comment of repo.comments.values()) {
      const issue = repo.issues.get(comment.issueNumber);
      if (issue && commentNodeId(repo, comment) === id) return { repo, issue, comment };
    }
  }
  throw unresolved(id);
}

import { requireContentsWrite, requirePermission } from "../access.ts";
import { nodeId } from "../ids.ts";
import {
  checkBody,
  createComment,
  requireCommentOwnership,
  requireConversationWrite,
  updateComment,
} from "../services/comments.ts";
import { createPull } from "../services/pulls.ts";
import { changeRefs, createRef } from "../services/refs.ts";
import { type CommitInput, createCommitOnBranch } from "./commit-mutation.ts";
import { commentById, type GraphqlContext, issueById, repoById } from "./context.ts";
import { actorNode, commentNode } from "./conversation.ts";
import { refNode } from "./git-objects.ts";
import { issueNode, pullNode } from "./objects.ts";

type Input<T> = { input: T & { clientMutationId?: string | null } };
type RefUpdateInput = {
  name: string;
  afterOid: string;
  beforeOid?: string | null;
  force?: boolean | null;
};
type PullInput = {
  repositoryId: string;
  baseRefName: string;
  headRefName: string;
  title: string;
  body?: string | null;
  draft?: boolean | null;
};

function echo(input: { clientMutationId?: string | null }): object {
  return { clientMutationId: input.clientMutationId ?? null };
}

function commentMutations(context: GraphqlContext): object {
  const { world, token } = context;
  return {
    addComment: ({ input }: Input<{ subjectId: string; body: string }>) => {
      const { repo, issue } = issueById(context, input.subjectId);
      requireConversationWrite(token, repo, issue);
      const created = createComment(world, repo, issue, { token, body: input.body });
      const node = commentNode(context, repo, created);
      const commentEdge = { cursor: String(created.id), node };
      return { ...echo(input), commentEdge, subject: issueNode(context, repo, issue) };
    },
    updateIssueComment: ({ input }: Input<{ id: string; body: string }>) => {
      const { repo, issue, comment } = commentById(context, input.id);
      requireConversationWrite(token, repo, issue);
      updateComment(repo, comment, { token, body: input.body });
      return { ...echo(input), issueComment: commentNode(context, repo, comment) };
    },
    deleteIssueComment: ({ input }: Input<{ id: string }>) => {
      const { repo, issue, comment } = commentById(context, input.id);
      requireConversationWrite(token, repo, issue);
      requireCommentOwnership(token, repo, comment);
      repo.comments.delete(comment.id);
      return echo(input);
    },
    minimizeComment: ({ input }: Input<{ subjectId: string; classifier: string }>) => {
      const { repo, issue, comment } = commentById(context, input.subjectId);
      requireConversationWrite(token, repo, issue);
      comment.minimizedReason = input.classifier.toLowerCase();
      return { ...echo(input), minimizedComment: commentNode(context, repo, comment) };
    },
  };
}

function gitMutations(context: GraphqlContext): object {
  const { world, token } = context;
  return {
    createCommitOnBranch: ({ input }: Input<CommitInput>) => createCommitOnBranch(context, input),
    createRef: async ({ input }: Input<{ repositoryId: string; name: string; oid: string }>) => {
      const repo = repoById(context, input.repositoryId);
      requireContentsWrite(token, repo);
      await createRef(repo, input.name, input.oid);
      return { ...echo(input), ref: refNode(world, repo, input.name) };
    },
    updateRefs: async ({
      input,
    }: Input<{ repositoryId: string; refUpdates: RefUpdateInput[] }>) => {
      const repo = repoById(context, input.repositoryId);
      requireContentsWrite(token, repo);
      await changeRefs(
        repo,
        input.refUpdates.map(({ name, afterOid, beforeOid, force }) => ({
          ref: name,
          afterOid,
          beforeOid: beforeOid ?? undefined,
          force: force ?? false,
        })),
      );
      return echo(input);
    },
    createPullRequest: async ({ input }: Input<PullInput>) => {
      const repo = repoById(context, input.repositoryId);
      requirePermission(token, repo, ["pull_requests"], "write");
      if (input.body) checkBody("PullRequest", input.body);
      const pull = await createPull(world, repo, token, {
        title: input.title,
        body: input.body ?? null,
        head: input.headRefName,
        base: input.baseRefName,
        draft: input.draft ?? false,
      });
      return { ...echo(input), pullRequest: pullNode(context, repo, pull) };
    },
  };
}

/** The root of queries and mutations for one request. */
export function mutationRoot(context: GraphqlContext): object {
  return { ...gitMutations(context), ...commentMutations(context) };
}

export function viewerNode({ token }: GraphqlContext): object {
  const { account } = token;
  return {
    ...actorNode(account),
    __typename: "User",
    id: nodeId(account.type === "Bot" ? "BOT" : "U", account.id),
    login: account.login,
  };
}

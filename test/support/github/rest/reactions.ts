import { jsonReply } from "../http.ts";
import { invalid, notFound } from "../problem.ts";
import { addReaction, findComment, findIssue, requireConversation } from "../services/comments.ts";
import type { Reaction, ReactionContent } from "../state.ts";
import { openIssue, writableComment, writableIssue } from "./issues.ts";
import {
  type Handlers,
  listReply,
  noContent,
  numberParam,
  type RestCall,
  repoOf,
  stringField,
} from "./route.ts";
import { reaction } from "./serialize-issue.ts";

const CONTENTS: ReadonlySet<string> = new Set([
  "+1",
  "-1",
  "laugh",
  "confused",
  "heart",
  "hooray",
  "rocket",
  "eyes",
]);

function contentOf(call: RestCall): ReactionContent {
  const content = stringField(call, "content");
  if (!CONTENTS.has(content)) {
    throw invalid({ resource: "Reaction", code: "invalid", field: "content" });
  }
  return content as ReactionContent;
}

function filtered(call: RestCall, reactions: readonly Reaction[]): Reaction[] {
  const content = call.query.get("content");
  return reactions.filter((item) => content === null || item.content === content);
}

export const reactionHandlers: Handlers = {
  "reactions/create-for-issue-comment": async (call) => {
    const { target, token } = writableComment(call);
    const added = addReaction(call.world, target, token.account, contentOf(call));
    return jsonReply(added.created ? 201 : 200, reaction(call.world, added.reaction));
  },
  "reactions/list-for-issue-comment": async (call) => {
    const repo = repoOf(call);
    const target = findComment(repo, numberParam(call, "comment_id"));
    requireConversation(call.token, repo, findIssue(repo, target.issueNumber), "read");
    return listReply(call, filtered(call, target.reactions), (item) => reaction(call.world, item));
  },
  "reactions/delete-for-issue-comment": async (call) => {
    const { target, token } = writableComment(call);
    const id = numberParam(call, "reaction_id");
    const index = target.reactions.findIndex(
      (item) => item.id === id && item.account.id === token.account.id,
    );
    if (index < 0) throw notFound();
    target.reactions.splice(index, 1);
    return noContent();
  },
  "reactions/create-for-issue": async (call) => {
    const { target, token } = writableIssue(call);
    const added = addReaction(call.world, target, token.account, contentOf(call));
    return jsonReply(added.created ? 201 : 200, reaction(call.world, added.reaction));
  },
  "reactions/list-for-issue": async (call) => {
    const { target } = openIssue(call);
    return listReply(call, filtered(call, target.reactions), (item) => reaction(call.world, item));
  },
};

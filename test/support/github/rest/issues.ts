import { requirePermission, requireRole } from "../access.ts";
import { jsonReply } from "../http.ts";
import { invalid, notFound, Problem } from "../problem.ts";
import {
  checkBody,
  createComment,
  findComment,
  findIssue,
  requireCommentOwnership,
  requireConversation,
  requireConversationWrite,
  updateComment,
} from "../services/comments.ts";
import { storeIssue } from "../services/issues.ts";
import { asPull, setPullState } from "../services/pulls.ts";
import type { Comment, Issue, Repo, Token } from "../state.ts";
import {
  type Handlers,
  listReply,
  noContent,
  numberParam,
  type RestCall,
  repoOf,
  stringField,
} from "./route.ts";
import { comment, issue } from "./serialize-issue.ts";
import { repoUrl } from "./serialize-repo.ts";

export function openIssue(call: RestCall): { repo: Repo; target: Issue } {
  const repo = repoOf(call);
  const target = findIssue(repo, numberParam(call, "issue_number"));
  requireConversation(call.token, repo, target, "read");
  return { repo, target };
}

export function writableIssue(call: RestCall): { repo: Repo; target: Issue; token: Token } {
  const repo = repoOf(call);
  const target = findIssue(repo, numberParam(call, "issue_number"));
  return { repo, target, token: requireConversationWrite(call.token, repo, target) };
}

export function writableComment(call: RestCall): { repo: Repo; target: Comment; token: Token } {
  const repo = repoOf(call);
  const target = findComment(repo, numberParam(call, "comment_id"));
  const parent = findIssue(repo, target.issueNumber);
  return { repo, target, token: requireConversationWrite(call.token, repo, parent) };
}

function since(call: RestCall): (comment: { updatedAt: Date }) => boolean {
  const text = call.query.get("since");
  if (text === null) return () => true;
  const from = Date.parse(text);
  if (Number.isNaN(from))
    throw invalid({ resource: "IssueComment", code: "invalid", field: "since" });
  return ({ updatedAt }) => Math.floor(updatedAt.getTime() / 1000) * 1000 >= from;
}

const commentHandlers: Handlers = {
  "issues/list-comments": async (call) => {
    const { repo, target } = openIssue(call);
    const comments = repo.commentsOf(target.number, Date.now()).filter(since(call));
    return listReply(call, comments, (item) => comment(call.world, repo, item));
  },
  "issues/list-comments-for-repo": async (call) => {
    const repo = repoOf(call);
    requirePermission(call.token, repo, ["issues", "pull_requests"], "read");
    const now = Date.now();
    const key = call.query.get("sort") === "updated" ? "updatedAt" : "createdAt";
    const sign = call.query.get("direction") === "desc" ? -1 : 1;
    const comments = [...repo.comments.values()]
      .filter((item) => item.listedFrom <= now)
      .filter(since(call))
      .sort((a, b) => sign * (a[key].getTime() - b[key].getTime() || a.id - b.id));
    return listReply(call, comments, (item) => comment(call.world, repo, item));
  },
  "issues/create-comment": async (call) => {
    const { repo, target, token } = writableIssue(call);
    const body = stringField(call, "body");
    const created = createComment(call.world, repo, target, { token, body });
    const location = `${repoUrl(call.world, repo)}/issues/comments/${created.id}`;
    return jsonReply(201, comment(call.world, repo, created), { location });
  },
  "issues/get-comment": async (call) => {
    const repo = repoOf(call);
    const target = findComment(repo, numberParam(call, "comment_id"));
    requireConversation(call.token, repo, findIssue(repo, target.issueNumber), "read");
    return jsonReply(200, comment(call.world, repo, target));
  },
  "issues/update-comment": async (call) => {
    const { repo, target, token } = writableComment(call);
    updateComment(repo, target, { token, body: stringField(call, "body") });
    return jsonReply(200, comment(call.world, repo, target));
  },
  "issues/delete-comment": async (call) => {
    const { repo, target, token } = writableComment(call);
    requireCommentOwnership(token, repo, target);
    repo.comments.delete(target.id);
    return noContent();
  },
};

const issueHandlers: Handlers = {
  "issues/get": async (call) => {
    const moved = repoOf(call).transferred.get(numberParam(call, "issue_number"));
    if (moved) throw new Problem(301, "Moved Permanently", { headers: { location: moved() } });
    const { repo, target } = openIssue(call);
    return jsonReply(200, issue(call.world, repo, target));
  },
  "issues/list-for-repo": async (call) => {
    const repo = repoOf(call);
    requirePermission(call.token, repo, ["issues"], "read");
    const state = call.query.get("state") ?? "open";
    const matching = [...repo.issues.values()]
      .filter((item) => state === "all" || item.state === state)
      .filter(since(call))
      .reverse();
    return listReply(call, matching, (item) => issue(call.world, repo, item));
  },
  "issues/create": async (call) => {
    const repo = repoOf(call);
    requirePermission(call.token, repo, ["issues"], "write");
    if (!call.token) throw notFound();
    const [title, body] = [stringField(call, "title"), stringField(call, "body")];
    if (title === "") throw invalid({ resource: "Issue", code: "missing_field", field: "title" });
    if (body !== "") checkBody("Issue", body);
    const created = storeIssue(call.world, repo, call.token.account, { title, body });
    return jsonReply(201, issue(call.world, repo, created));
  },
  "issues/update": async (call) => {
    const { repo, target, token } = writableIssue(call);
    requireRole(token, repo, target.account.id === token.account.id ? "read" : "triage");
    const { title, body, state } = call.body;
    if (typeof title === "string") target.title = title;
    if (typeof body === "string") {
      if (body !== "") checkBody("Issue", body);
      target.body = body;
    }
    if (state === "open" || state === "closed") {
      const pull = asPull(target);
      if (pull) await setPullState(call.world, repo, pull, state);
      target.state = state;
      target.closedAt = state === "closed" ? new Date() : undefined;
    }
    target.updatedAt = new Date();
    return jsonReply(200, issue(call.world, repo, target));
  },
  "issues/lock": async (call) => {
    const { repo, target, token } = writableIssue(call);
    requireRole(token, repo, "write");
    target.locked = true;
    target.lockReason = stringField(call, "lock_reason") || null;
    return noContent();
  },
  "issues/unlock": async (call) => {
    const { repo, target, token } = writableIssue(call);
    requireRole(token, repo, "write");
    target.locked = false;
    target.lockReason = null;
    return noContent();
  },
};

export const conversationHandlers: Handlers = { ...commentHandlers, ...issueHandlers };

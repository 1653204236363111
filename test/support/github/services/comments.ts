import { conversationPermissions, requirePermission, roleAtLeast } from "../access.ts";
import { invalid, notFound, Problem } from "../problem.ts";
import type {
  Account,
  Comment,
  Issue,
  Reaction,
  ReactionContent,
  Repo,
  Token,
  World,
} from "../state.ts";

/** The longest body of an issue, a pull request or a comment. */
const MAX_BODY = 65_536;

export function findIssue(repo: Repo, number: number): Issue {
  const issue = repo.issues.get(number);
  if (!issue) throw notFound();
  return issue;
}

export function findComment(repo: Repo, id: number): Comment {
  const comment = repo.comments.get(id);
  if (!comment) throw notFound();
  return comment;
}

/** Reading and writing the conversation an issue number names. */
export function requireConversation(
  token: Token | undefined,
  repo: Repo,
  issue: Issue,
  level: "read" | "write",
): Token | undefined {
  requirePermission(token, repo, conversationPermissions(issue.pull !== undefined), level);
  return token;
}

/** As `requireConversation` for a write, which always has a token. */
export function requireConversationWrite(
  token: Token | undefined,
  repo: Repo,
  issue: Issue,
): Token {
  requireConversation(token, repo, issue, "write");
  if (!token) throw new Problem(401, "Requires authentication");
  return token;
}

export function checkBody(resource: string, body: string): void {
  if (body.trim() === "") throw invalid({ resource, code: "missing_field", field: "body" });
  if (body.length > MAX_BODY) {
    throw invalid({
      resource,
      code: "unprocessable",
      field: "data",
      message: `body is too long (maximum is ${MAX_BODY} characters)`,
    });
  }
}

/** Only people with a role may speak on a locked issue; an app has none. */
function mayOverrideLock(repo: Repo, account: Account): boolean {
  return account.type === "User" && roleAtLeast(repo.role(account), "write");
}

export function storeComment(
  world: World,
  repo: Repo,
  issue: Issue,
  facts: { account: Account; body: string; lagMs: number; createdAt?: Date | undefined },
): Comment {
  const now = facts.createdAt ?? new Date();
  const comment: Comment = {
    id: world.nextId(),
    issueNumber: issue.number,
    account: facts.account,
    body: facts.body,
    createdAt: now,
    updatedAt: now,
    editedAt: undefined,
    minimizedReason: undefined,
    reactions: [],
    listedFrom: Date.now() + facts.lagMs,
  };
  repo.comments.set(comment.id, comment);
  issue.updatedAt = now;
  return comment;
}

export function createComment(
  world: World,
  repo: Repo,
  issue: Issue,
  { token, body }: { token: Token; body: string },
): Comment {
  if (issue.locked && !mayOverrideLock(repo, token.account)) {
    throw new Problem(403, "Unable to create comment because issue is locked.");
  }
  checkBody("IssueComment", body);
  const { commentCap, commentCapStatus, listLagMs } = world.limits;
  if (repo.commentsOf(issue.number).length >= commentCap) {
    throw new Problem(
      commentCapStatus,
      `Commenting is disabled on issues with more than ${commentCap} comments`,
    );
  }
  return storeComment(world, repo, issue, { account: token.account, body, lagMs: listLagMs });
}

/** A comment may be changed by who wrote it and by people with write access; not by another app. */
export function requireCommentOwnership(token: Token, repo: Repo, comment: Comment): void {
  if (comment.account.id === token.account.id) return;
  if (mayOverrideLock(repo, token.account)) return;
  const kind = token.account.type === "Bot" ? "integration" : "personal access token";
  throw new Problem(403, `Resource not accessible by ${kind}`);
}

export function updateComment(
  repo: Repo,
  comment: Comment,
  { token, body }: { token: Token; body: string },
): void {
  requireCommentOwnership(token, repo, comment);
  checkBody("IssueComment", body);
  editComment(comment, body);
}

/** Changes a comment's text; the same text is no edit. */
export function editComment(comment: Comment, body: string): void {
  const now = new Date();
  comment.updatedAt = now;
  if (comment.body === body) return;
  comment.body = body;
  comment.editedAt = now;
}

/** Adds a reaction; a repeated one is the first. */
export function addReaction(
  world: World,
  target: { reactions: Reaction[] },
  account: Account,
  content: ReactionContent,
): { reaction: Reaction; created: boolean } {
  const present = target.reactions.find(
    (reaction) => reaction.account.id === account.id && reaction.content === content,
  );
  if (present) return { reaction: present, created: false };
  const reaction: Reaction = { id: world.nextId(), account, content, createdAt: new Date() };
  target.reactions.push(reaction);
  return { reaction, created: true };
}

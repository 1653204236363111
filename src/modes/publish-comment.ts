import { RemoteError } from "../core/errors.ts";
import type { CommentPlan } from "../core/sticky/plan.ts";
import type { Comments, CommentWrite, ThreadComment } from "../ports/comments.ts";
import {
  ATTEMPTS,
  type OneComment,
  type PublishedComment,
  removeAll,
  type SkipReason,
  standing,
  type Written,
} from "./one-comment.ts";
import { rememberThreads } from "./remember-threads.ts";
import { settleComment } from "./settle-comment.ts";

/**
 * Brings the one comment of its kind to a thread. A creation is never blindly repeated; what runs at the same time have
 * made of it is settled after the writing. What cannot be written is `skipped` with its reason, GitHub out of reach too:
 * whatever is told of is durable by then, and no run fails for not telling it.
 */
export async function publishComment(
  comments: Comments,
  request: OneComment,
): Promise<PublishedComment> {
  const [published] = await publishComments(comments, [request]);
  return published as PublishedComment;
}

/** As `publishComment` for each of several; a thread is read once before and once after the writing. */
export async function publishComments(
  comments: Comments,
  requests: readonly OneComment[],
): Promise<readonly PublishedComment[]> {
  const before = rememberThreads(comments);
  const results: Result[] = [];
  for (const request of requests) results.push(await tryToWrite(before, request));
  const after = rememberThreads(comments);
  const published: PublishedComment[] = [];
  for (const [at, result] of results.entries()) {
    const settled =
      result.kind === "written"
        ? await settleComment(after, requests[at] as OneComment, result)
        : result.published;
    published.push(settled);
  }
  return published;
}

async function tryToWrite(comments: Comments, request: OneComment): Promise<Result> {
  try {
    return await writeOne(comments, request);
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    return skipped("unreachable", error.message);
  }
}

type Result = Written | { readonly kind: "done"; readonly published: PublishedComment };

interface Again {
  readonly kind: "again";
  readonly detail: string;
  /** What an unclear write has done if the thread holds its text now. */
  readonly landing?: "created" | "updated";
}

async function writeOne(comments: Comments, request: OneComment): Promise<Result> {
  let last: Again = { kind: "again", detail: "" };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const thread = await comments.readThread(request.issue, request.behind);
    if (thread === undefined) return absent(request.issue);
    const plan = request.plan(thread.comments, false);
    if (request.isDryRun) {
      return { kind: "done", published: { kind: "planned", action: plan.kind } };
    }
    if (plan.kind === "unchanged" && last.landing !== undefined) {
      const published = standing(last.landing, plan.id, thread.comments);
      return { kind: "written", published, own: undefined };
    }
    const result = await carryOut(comments, { plan, request, present: thread.comments });
    if (result.kind !== "again") return result;
    last = result;
  }
  return skipped("unclear", last.detail);
}

async function carryOut(
  comments: Comments,
  work: {
    readonly plan: CommentPlan;
    readonly request: OneComment;
    readonly present: readonly ThreadComment[];
  },
): Promise<Result | Again> {
  const { plan, request, present } = work;
  switch (plan.kind) {
    case "skip":
      await removeAll(comments, plan.remove);
      return skipped("newer-report", "a newer report stands there already");
    case "unchanged":
      await removeAll(comments, plan.remove);
      return { kind: "done", published: standing("unchanged", plan.id, present) };
    case "create":
      return outcomeOf("created", await comments.create(request.issue, request.render(plan)));
    case "update":
      return outcomeOf("updated", await comments.update(plan.id, request.render(plan)));
  }
}

function outcomeOf(kind: "created" | "updated", write: CommentWrite): Result | Again {
  switch (write.kind) {
    case "written": {
      const { id, url } = write.comment;
      return { kind: "written", published: { kind, id, url }, own: write.comment };
    }
    case "gone":
      return { kind: "again", detail: "the comment was deleted meanwhile" };
    case "unclear":
      return { kind: "again", detail: write.detail, landing: kind };
    case "refused":
      return skipped(write.reason, write.detail);
  }
}

function absent(issue: number): Result {
  return skipped("not-found", `issue or pull request ${issue} does not exist or is out of reach`);
}

function skipped(reason: SkipReason, detail: string): Result {
  return { kind: "done", published: { kind: "skipped", reason, detail } };
}

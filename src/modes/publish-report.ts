import { type CommentPlan, planComment } from "../core/sticky/plan.ts";
import type { Comments, CommentWrite, ThreadComment, Unwritable } from "../ports/comments.ts";

/** What became of the sticky comment. */
export type PublishedComment =
  | {
      readonly kind: "created" | "updated" | "unchanged";
      readonly id: number;
      readonly url: string;
    }
  /** dry-run: what would have been done. */
  | { readonly kind: "planned"; readonly action: CommentPlan["kind"] }
  | { readonly kind: "skipped"; readonly reason: SkipReason; readonly detail: string };

export type SkipReason = Unwritable | "newer-report" | "no-issue" | "unclear" | "unreachable";

export interface PublishRequest {
  /** Issue or pull request. */
  readonly issue: number;
  readonly key: string;
  /** The commit the report describes, its date in epoch seconds, and the digest of what it says. */
  readonly desired: { readonly rev: string; readonly seq: number; readonly hash: string };
  /** The report's markdown; asked for only when it is going to be written. */
  readonly renderBody: () => string;
  readonly commentAuthor: string | undefined;
  readonly isDryRun: boolean;
}

/** How often an unclear answer or a comment deleted meanwhile is looked at again. */
const ATTEMPTS = 3;

/**
 * Brings the one comment that carries a session's report up to date. The log is durable by now, so nothing
 * here fails a run: what cannot be written is `skipped` with its reason.
 */
export async function publishReport(
  comments: Comments,
  request: PublishRequest,
): Promise<PublishedComment> {
  let last: Again = { kind: "again", detail: "" };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const thread = await comments.readThread(request.issue);
    if (thread === undefined) {
      return skipped(
        "not-found",
        `issue or pull request ${request.issue} does not exist or is out of reach`,
      );
    }
    const plan = planReport(thread.comments, request);
    if (request.isDryRun) return { kind: "planned", action: plan.kind };
    const result = await carryOut(comments, { plan, request, present: thread.comments });
    if (result.kind === "unchanged" && last.landing !== undefined) {
      return { ...result, kind: last.landing };
    }
    if (result.kind !== "again") return result;
    last = result;
  }
  return skipped("unclear", last.detail);
}

function planReport(present: readonly ThreadComment[], request: PublishRequest): CommentPlan {
  const author =
    request.commentAuthor === undefined ? {} : { commentAuthor: request.commentAuthor };
  const { key, desired } = request;
  return planComment({ comments: present, key, desired: { ...desired, body: "" }, ...author });
}

interface Again {
  readonly kind: "again";
  readonly detail: string;
  /** What an unclear write has done if the thread holds its report now. */
  readonly landing?: "created" | "updated";
}

async function carryOut(
  comments: Comments,
  work: {
    readonly plan: CommentPlan;
    readonly request: PublishRequest;
    readonly present: readonly ThreadComment[];
  },
): Promise<PublishedComment | Again> {
  const { plan, request, present } = work;
  switch (plan.kind) {
    case "skip":
      return skipped("newer-report", "a newer report stands there already");
    case "create":
      return outcomeOf(
        "created",
        await comments.create(request.issue, plan.body + request.renderBody()),
      );
    case "update": {
      const write = await comments.update(plan.id, plan.body + request.renderBody());
      if (write.kind === "written") await removeAll(comments, plan.remove);
      return outcomeOf("updated", write);
    }
    case "unchanged": {
      await removeAll(comments, plan.remove);
      const url = present.find((comment) => comment.id === plan.id)?.url ?? "";
      return { kind: "unchanged", id: plan.id, url };
    }
  }
}

/** Duplicates that stay are found again by the next run, so what becomes of a removal does not matter here. */
async function removeAll(comments: Comments, ids: readonly number[]): Promise<void> {
  for (const id of ids) await comments.remove(id);
}

function outcomeOf(kind: "created" | "updated", write: CommentWrite): PublishedComment | Again {
  switch (write.kind) {
    case "written":
      return { kind, id: write.comment.id, url: write.comment.url };
    case "gone":
      return { kind: "again", detail: "the comment was deleted meanwhile" };
    case "unclear":
      return { kind: "again", detail: write.detail, landing: kind };
    case "refused":
      return skipped(write.reason, write.detail);
  }
}

function skipped(reason: SkipReason, detail: string): PublishedComment {
  return { kind: "skipped", reason, detail };
}

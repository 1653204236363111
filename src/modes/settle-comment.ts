import { RemoteError } from "../core/errors.ts";
import type { Comments, ThreadComment } from "../ports/comments.ts";
import {
  ATTEMPTS,
  type OneComment,
  type PublishedComment,
  removeAll,
  standing,
  type Written,
} from "./one-comment.ts";

/**
 * Brings a thread in which a comment was written to one comment of its kind. GitHub out of reach leaves that to the
 * next run: what was to be said is said.
 */
export async function settleComment(
  comments: Comments,
  request: OneComment,
  written: Written,
): Promise<PublishedComment> {
  try {
    return await settle(comments, request, written);
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    return written.published;
  }
}

/** Reads back what was written: runs at the same time may have created another, or put an older report over this one. */
async function settle(
  comments: Comments,
  request: OneComment,
  { published, own }: Written,
): Promise<PublishedComment> {
  let last = published;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const thread = await comments.readThread(request.issue, request.behind);
    const present = includeOwn(thread?.comments ?? [], own);
    const plan = request.plan(present, true);
    // Somebody deleted it at once: the next run creates it again.
    if (plan.kind === "create") break;
    if (plan.kind === "update") {
      const write = await comments.update(plan.id, request.render(plan));
      if (write.kind !== "written") continue;
    }
    await removeAll(comments, plan.remove);
    last = standing(plan.id === published.id ? published.kind : "updated", plan.id, present);
    if (plan.kind !== "update") break;
  }
  return last;
}

/** Lists may lack a comment for a while after it was created. */
function includeOwn(
  present: readonly ThreadComment[],
  own: ThreadComment | undefined,
): readonly ThreadComment[] {
  if (own === undefined || present.some(({ id }) => id === own.id)) return present;
  return [...present, own].sort((one, other) => one.id - other.id);
}

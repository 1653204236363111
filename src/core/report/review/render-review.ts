import type { ReviewComment } from "./review-comment.ts";

/**
 * The markdown of a review, for the comment of a pull request and the job summary, without the hidden line that
 * marks it. It fits into a comment: what does not is left out in whole rows, with a sentence that counts them.
 */
export function renderReview(_input: ReviewComment): string {
  throw new Error("not written yet");
}

/** How long a text may be; a comment of GitHub takes 65,536 characters. */
export type Budget = { readonly utf16: number; readonly bytes: number } | "unlimited";

/** What spec and GitHub leave for a report or a reply in a comment. */
export const COMMENT_BUDGET: Budget = { utf16: 60_000, bytes: 240_000 };

export function fits(markdown: string, budget: Budget): boolean {
  if (budget === "unlimited") return true;
  return markdown.length <= budget.utf16 && Buffer.byteLength(markdown) <= budget.bytes;
}

import { REDACTED } from "../text/secret-shapes.ts";

/** `~` where a path begins: that is how a home folder is recorded, and no program reads it. */
const HOME = /(?<![\p{L}\p{N}_.~@%+/\\-])~(?:\/|$)/u;

/** Whether an argument or a path is not what somebody wrote, but what was recorded in its place. */
export function isRedacted(text: string): boolean {
  return text.includes(REDACTED) || HOME.test(text);
}

import { quoteUntrusted } from "../text/safe-log.ts";

/** Says that a command names an experiment more than once. */
export function namedTwice(experimentId: string): string {
  return `${quoteUntrusted(experimentId)} is named twice; name it once.`;
}

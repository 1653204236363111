import type { ReplyInput } from "./reply.ts";

export type { ReplyInput, ReplyLaunch, ReplyLinks, ReplySession } from "./reply.ts";

/** The markdown of a reply, without the hidden line that marks it. */
export function renderReply(input: ReplyInput): string {
  return input.content.kind;
}

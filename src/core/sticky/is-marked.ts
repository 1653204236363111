import { parseMarker } from "./marker.ts";
import { parseReplyMarker } from "./reply-marker.ts";

/** Whether a comment begins as our reports and replies do. Anybody can write that; it is ours if our identity wrote it. */
export function isMarked(body: string): boolean {
  return parseMarker(body) !== undefined || parseReplyMarker(body) !== undefined;
}

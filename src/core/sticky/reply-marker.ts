const LINE = /^<!-- experiment-monitor:reply ((?:issue-)?[1-9]\d{0,18}) -->$/;

/** The first line of a reply, without a line end. */
export function renderReplyMarker(commentId: string): string {
  return `<!-- experiment-monitor:reply ${commentId} -->`;
}

/** What a comment answers; `undefined` unless the marker is its whole first line. GitHub may store CRLF. */
export function parseReplyMarker(body: string): string | undefined {
  const [firstLine = ""] = body.split(/\r?\n/, 1);
  return LINE.exec(firstLine)?.[1];
}

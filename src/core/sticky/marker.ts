import type { Sha256 } from "../text/sha256.ts";
/** What the first line of a sticky comment says about it. */
export interface Marker {
  /** Which report it carries, see `stickyKey`. */
  readonly key: string;
  /** The commit of the log the report was rendered from. */
  readonly rev: string;
  /** Grows with every commit of the log, so that a slow run does not undo a newer one. */
  readonly seq: number;
  /** SHA-256 of the report, in hexadecimal. */
  readonly hash: string;
}

const KEY_DIGITS = 16;
const LINE =
  /^<!-- experiment-monitor:report ([^\s<>]{1,128}) rev=([0-9a-f]{7,64}) seq=(0|[1-9]\d{0,15}) hash=([0-9a-f]{64}) -->$/;

/**
 * The key of a session's sticky comment. The repository is part of it, since a report may be posted to an issue of
 * another one; names of repositories do not tell upper from lower case.
 */
export function stickyKey(
  identity: { readonly repository: string; readonly session: string },
  sha256: Sha256,
): string {
  const digest = sha256(`${identity.repository.toLowerCase()}\n${identity.session}`);
  return `${identity.session}.${digest.slice(0, KEY_DIGITS)}`;
}

/** The first line of a sticky comment, without a line end. */
export function renderMarker({ key, rev, seq, hash }: Marker): string {
  return `<!-- experiment-monitor:report ${key} rev=${rev} seq=${seq} hash=${hash} -->`;
}

/** The marker of a comment's body; `undefined` unless it is the whole first line. GitHub may store CRLF. */
export function parseMarker(body: string): Marker | undefined {
  const [firstLine = ""] = body.split(/\r?\n/, 1);
  const [, key, rev, seq, hash] = LINE.exec(firstLine) ?? [];
  if (key === undefined || rev === undefined || hash === undefined) return undefined;
  return { key, rev, seq: Number(seq), hash };
}

import { formatInstant } from "../../core/text/time.ts";

/** What a commit object says about itself. */
export interface CommitFacts {
  readonly tree: string;
  /** Committer date, ISO 8601 UTC. */
  readonly committedAt: string;
}

/** One entry of a tree object. */
export interface TreeEntry {
  readonly mode: string;
  readonly name: string;
  readonly oid: string;
}

/** Reads the header of a commit object. */
export function parseCommit(content: Buffer): CommitFacts {
  const header = content.toString("utf8");
  const tree = /^tree ([0-9a-f]+)$/m.exec(header)?.[1];
  const seconds = /^committer .* (-?\d+) [+-]\d{4}$/m.exec(header)?.[1];
  if (tree === undefined || seconds === undefined) {
    throw new Error("git printed a commit without a tree or a committer date.");
  }
  return { tree, committedAt: formatInstant(Number(seconds)) };
}

/** Reads a tree object: entries of `<mode> <name>NUL<raw object id>`, one after the other. */
export function parseTree(content: Buffer, oidBytes: number): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let offset = 0; offset < content.length; ) {
    const space = content.indexOf(0x20, offset);
    const nul = content.indexOf(0, space);
    entries.push({
      mode: content.toString("latin1", offset, space).padStart(6, "0"),
      name: content.toString("utf8", space + 1, nul),
      oid: content.toString("hex", nul + 1, nul + 1 + oidBytes),
    });
    offset = nul + 1 + oidBytes;
  }
  return entries;
}

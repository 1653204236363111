import { type CommitMessage, renderMessage } from "../../core/sync/message.ts";

/** A commit as `git fast-import` makes it. */
export interface ImportedCommit {
  readonly ref: string;
  readonly parent: string;
  readonly mergeParent: { readonly commit: string; readonly tree: string } | undefined;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly message: CommitMessage;
  readonly identity: { readonly name: string; readonly email: string };
  readonly epochSeconds: number;
}

/** Encodes one commit as a fast-import stream that prints the new commit's object id: https://git-scm.com/docs/git-fast-import */
export function encodeFastImport(commit: ImportedCommit): Buffer {
  const who = `${plain(commit.identity.name)} <${plain(commit.identity.email)}> ${commit.epochSeconds} +0000`;
  const merge = commit.mergeParent;
  const parts: (string | Uint8Array)[] = [
    "feature done\n",
    `commit ${commit.ref}\nmark :1\nauthor ${who}\ncommitter ${who}\n`,
    ...encodeData(Buffer.from(`${renderMessage(commit.message)}\n`)),
    `from ${commit.parent}\n`,
  ];
  if (merge !== undefined) parts.push(`merge ${merge.commit}\nM 040000 ${merge.tree} ""\n`);
  for (const [path, bytes] of commit.files) {
    parts.push(`M 100644 inline ${quotePath(path)}\n`, ...encodeData(bytes));
  }
  parts.push("\nget-mark :1\ndone\n");
  return Buffer.concat(parts.map((part) => Buffer.from(part)));
}

function encodeData(bytes: Uint8Array): (string | Uint8Array)[] {
  return [`data ${bytes.byteLength}\n`, bytes, "\n"];
}

/** git's own quoting of a path: a C string, bytes beyond printable ASCII as they are. */
function quotePath(path: string): string {
  const quoted = path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
  return `"${quoted}"`;
}

/** Names and addresses end at an angle bracket or a line end in git's format. */
function plain(text: string): string {
  return text.replaceAll(/[<>\r\n\0]/g, "").trim();
}

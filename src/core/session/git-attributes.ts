import { SESSION_FILES } from "../log/columns.ts";

export const GIT_ATTRIBUTES = ".gitattributes";

/** The driver's name in git's configuration and in attributes. */
const DRIVER = "experiment-monitor";

/**
 * What tells git, once in every clone, how to merge a file: the driver is given the common version, ours, theirs, and where the
 * file stands, which may begin with `-`.
 */
export const DRIVER_SETUP = `git config merge.${DRIVER}.driver 'experiment-monitor merge -- %O %A %B %P'`;

/** `-text`: a log's line ends are its own, git converts none. */
const ATTRIBUTES = `-text merge=${DRIVER}`;

const MERGED = [
  SESSION_FILES.log,
  SESSION_FILES.ledger,
  SESSION_FILES.report,
  SESSION_FILES.summary,
  SESSION_FILES.badge,
];

/**
 * Adds to a .gitattributes the lines by which git merges sessions' files with our driver. A file that has a line of its
 * own keeps it, whatever it says; without anything to add the same bytes come back.
 *
 * @param experimentsPath the experiments directory relative to the file, with forward slashes; empty where it is the same
 */
export function addAttributes(bytes: Uint8Array, experimentsPath: string): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  const known = new Set(text.split(/\r?\n/).map(patternOf));
  const missing = MERGED.filter(
    (name) => !known.has(toLatin1(patternFor(experimentsPath, name))),
  ).map((name) => renderAttributes(experimentsPath, name));
  if (missing.length === 0) return bytes;
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const start = text === "" || text.endsWith("\n") ? "" : lineEnd;
  const lines = missing.map((line) => `${line}${lineEnd}`);
  return Buffer.concat([bytes, Buffer.from(start + lines.join(""), "utf8")]);
}

/** The line by which git merges every session's file of a name with our driver. */
export function renderAttributes(experimentsPath: string, name: string): string {
  return `${patternFor(experimentsPath, name)} ${ATTRIBUTES}`;
}

/** The pattern a line begins with; in quotes when it holds white space. */
function patternOf(line: string): string {
  return /^\s*("(?:[^"\\]|\\.)*"|\S+)/.exec(line)?.[1] ?? "";
}

/** https://git-scm.com/docs/gitattributes: patterns are those of .gitignore, and C strings where they are in quotes. */
function patternFor(folder: string, name: string): string {
  const prefix = folder === "" ? "" : `${folder.replace(/[\\*?[]/g, "\\$&")}/`;
  const pattern = `${prefix}**/${name}`;
  if (!/[\s"]|^[#!]/.test(pattern)) return pattern;
  return `"${pattern.replace(/["\\]/g, "\\$&")}"`;
}

function toLatin1(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

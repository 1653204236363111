import { isSessionFile } from "../../core/log/columns.ts";
import { assertFolder, FOLDER_MODE } from "../../core/sync/git-object.ts";
import { OWN_BRANCHES } from "../../core/sync/own-branch.ts";
import type { BranchHead, RemoteEntry } from "../../ports/branch-remote.ts";
import { readList, readNumber, readPath, readText } from "./json.ts";

const ENTRIES =
  "... on Tree { entries { name mode oid object { ... on Tree { entries { name mode oid } } } } }";

/** The document that reads a commit and the two levels of its experiments directory, in one consistent answer. */
export function buildHeadQuery(experimentsDir: string, selection: string): string {
  const dir = experimentsDir === "." ? "" : ", $dir: String!";
  const folder =
    experimentsDir === "."
      ? `tree { ${ENTRIES} }`
      : `file(path: $dir) { mode object { __typename ${ENTRIES} } }`;
  const [variables, fields] = SELECTIONS[selection] ?? ["", ""];
  return `query($owner: String!, $repo: String!${variables}${dir}) {
  repository(owner: $owner, name: $repo) { ${fields} }
}
fragment Facts on Commit { oid committedDate ${folder} }`;
}

/** Branches of ours: while one exists, its pull request carries the log. */
const OWN = `own: refs(refPrefix: "refs/heads/${OWN_BRANCHES}", first: 100) { nodes { name } }`;
const REF = "name target { ... on Commit { ...Facts } }";
const SELECTIONS: Readonly<Record<string, readonly [string, string]>> = {
  default: ["", `ref: defaultBranchRef { ${REF} } ${OWN}`],
  branch: [", $ref: String!", `ref(qualifiedName: $ref) { ${REF} } ${OWN}`],
  commit: [", $oid: GitObjectID!", "object(oid: $oid) { ... on Commit { ...Facts } }"],
};

/** Full names of our branches in the answer; a name there stands behind the prefix it was asked by. */
export function parseOwnBranches(repository: unknown): ReadonlySet<string> {
  const names = readList(repository, "own", "nodes").map((node) => readText(node, "name"));
  return new Set(
    names.map((name) => (name.startsWith(OWN_BRANCHES) ? name : `${OWN_BRANCHES}${name}`)),
  );
}

/** Reads a commit's facts out of the answer. */
export function parseHead(commit: unknown, branch: string, experimentsDir: string): BranchHead {
  return {
    branch,
    commit: readText(commit, "oid"),
    committedAt: readText(commit, "committedDate"),
    entries: new Map(parseEntries(commit, experimentsDir)),
  };
}

function parseEntries(commit: unknown, experimentsDir: string): [string, RemoteEntry][] {
  if (experimentsDir === ".") return listFiles(readPath(commit, "tree"), "");
  const folder = readPath(commit, "file");
  if (folder === undefined) return [];
  assertFolder(experimentsDir, formatMode(folder));
  return listFiles(readPath(folder, "object"), `${experimentsDir}/`);
}

function listFiles(top: unknown, prefix: string): [string, RemoteEntry][] {
  return readList(top, "entries").flatMap((folder) => {
    if (formatMode(folder) !== FOLDER_MODE) return [parseEntry(folder, prefix)];
    const inside = `${prefix}${readText(folder, "name")}/`;
    return readList(folder, "object", "entries")
      .filter((file) => formatMode(file) !== FOLDER_MODE || isSessionFile(readText(file, "name")))
      .map((file) => parseEntry(file, inside));
  });
}

function parseEntry(entry: unknown, prefix: string): [string, RemoteEntry] {
  const path = `${prefix}${readText(entry, "name")}`;
  return [path, { oid: readText(entry, "oid"), mode: formatMode(entry) }];
}

/** GraphQL gives git's octal mode as a number. */
function formatMode(entry: unknown): string {
  return readNumber(entry, "mode").toString(8).padStart(6, "0");
}

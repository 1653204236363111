import { EMPTY_TREE, ZERO_OID } from "../git/bare-repo.ts";
import { Problem } from "../problem.ts";
import type { Repo } from "../state.ts";

type RequestedEntry = { path?: unknown; mode?: unknown; sha?: unknown; content?: unknown };

async function indexLines(repo: Repo, entry: RequestedEntry): Promise<string[]> {
  const path = String(entry.path ?? "");
  if (path === "" || path.startsWith("/") || path.split("/").includes("..")) {
    throw new Problem(422, "tree.path contains a malformed path component");
  }
  if (entry.sha === null) return [`0 ${ZERO_OID}\t${path}`];
  const mode = String(entry.mode ?? "100644");
  if (typeof entry.content === "string") {
    return [`${mode} ${await repo.git.writeBlob(Buffer.from(entry.content))}\t${path}`];
  }
  const sha = String(entry.sha ?? "");
  if ((await repo.git.resolve(`${sha}^{object}`)) === undefined) {
    throw new Problem(422, `tree.sha ${sha} is not a valid blob`);
  }
  if (mode !== "040000") return [`${mode} ${sha}\t${path}`];
  const below = await repo.git.tree(sha, true);
  return below
    .filter((item) => item.type !== "tree")
    .map((item) => `${item.mode} ${item.oid}\t${path}/${item.path}`);
}

/** Writes the tree a request describes, on top of `base_tree` when it names one. */
export async function writeRequestedTree(
  repo: Repo,
  body: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { base_tree: base, tree } = body;
  const entries: RequestedEntry[] = Array.isArray(tree) ? tree : [];
  if (entries.length === 0) throw new Problem(422, "Invalid tree info");
  const from = typeof base === "string" ? await repo.git.resolve(`${base}^{tree}`) : EMPTY_TREE;
  if (from === undefined) throw new Problem(422, "base_tree is not a valid tree oid");
  const lines: string[] = [];
  for (const entry of entries) lines.push(...(await indexLines(repo, entry)));
  return repo.git.writeTree(from, lines);
}

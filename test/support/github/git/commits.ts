import type { BareRepo, Signature } from "./bare-repo.ts";

/** A commit's own bytes, read. */
export type CommitFacts = {
  oid: string;
  tree: string;
  parents: string[];
  author: Required<Signature>;
  committer: Required<Signature>;
  message: string;
};

function signature(line: string): Required<Signature> {
  const found = /^(.*) <(.*)> (\d+) [+-]\d{4}$/.exec(line);
  const date = new Date(Number(found?.[3] ?? 0) * 1000).toISOString().replace(".000Z", "Z");
  return { name: found?.[1] ?? "", email: found?.[2] ?? "", date };
}

/** Reads the commit a revision names; undefined when there is none. */
export async function readCommit(
  repo: BareRepo,
  revision: string,
): Promise<CommitFacts | undefined> {
  const object = await repo.object(`${revision}^{commit}`);
  if (!object) return undefined;
  const text = object.content.toString();
  const split = text.indexOf("\n\n");
  const headers = text.slice(0, split).split("\n");
  const values = (name: string): string[] =>
    headers
      .filter((line) => line.startsWith(`${name} `))
      .map((line) => line.slice(name.length + 1));
  return {
    oid: object.oid,
    tree: values("tree")[0] ?? "",
    parents: values("parent"),
    author: signature(values("author")[0] ?? ""),
    committer: signature(values("committer")[0] ?? ""),
    message: text.slice(split + 2).replace(/\n$/, ""),
  };
}

/** Reads many commits in the order given. */
export async function readCommits(repo: BareRepo, oids: readonly string[]): Promise<CommitFacts[]> {
  const commits = await Promise.all(oids.map((oid) => readCommit(repo, oid)));
  return commits.filter((commit) => commit !== undefined);
}

import { rm } from "node:fs/promises";
import { ObjectReader } from "./object-reader.ts";
import { git, gitLine, tryGit } from "./run-git.ts";

export type ObjectType = "commit" | "tree" | "blob" | "tag";
export type GitObject = { oid: string; type: ObjectType; content: Buffer };
export type TreeEntry = {
  path: string;
  mode: string;
  type: ObjectType;
  oid: string;
  size: number | undefined;
};
/** A new content for a path, or its removal. */
export type FileChange = { path: string; content: Buffer | undefined };
export type Signature = { name: string; email: string; date?: string };
/** What became of a compare-and-swap of a reference. */
export type RefUpdate = "done" | "stale" | "invalid";

/** The object name that stands for "no object". */
export const ZERO_OID = "0".repeat(40);
/** The tree without entries. */
export const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

const LOCK_ATTEMPTS = 20;

/** A real bare repository; both transports read and move the same references. */
export class BareRepo {
  readonly dir: string;
  readonly #reader: ObjectReader;

  private constructor(dir: string) {
    this.dir = dir;
    this.#reader = new ObjectReader(dir);
  }

  static async create(dir: string, defaultBranch: string): Promise<BareRepo> {
    await git(dir, ["init", "--quiet", "--bare", `--initial-branch=${defaultBranch}`, dir]);
    const settings: [string, string][] = [
      ["http.receivepack", "true"],
      ["uploadpack.allowFilter", "true"],
      ["uploadpack.allowAnySHA1InWant", "true"],
      ["gc.auto", "0"],
      ["receive.autogc", "false"],
      ["core.filesRefLockTimeout", "5000"],
    ];
    for (const [key, value] of settings) await git(dir, ["config", key, value]);
    return new BareRepo(dir);
  }

  async resolve(revision: string): Promise<string | undefined> {
    return (await this.#reader.read(revision, false))?.oid;
  }

  head(branch: string): Promise<string | undefined> {
    return this.resolve(`refs/heads/${branch}`);
  }

  async isEmpty(): Promise<boolean> {
    return (await this.refs("refs/heads/")).size === 0;
  }

  /** Full names and objects of the references below a prefix. */
  async refs(prefix: string): Promise<Map<string, string>> {
    const listing = await git(this.dir, ["for-each-ref", "--format=%(refname) %(objectname)"]);
    const found = new Map<string, string>();
    for (const line of listing.toString().split("\n")) {
      const [name = "", oid = ""] = line.split(" ");
      if (name !== "" && name.startsWith(prefix)) found.set(name, oid);
    }
    return found;
  }

  /** The object an expression such as `main:path/of/file` names. */
  object(expression: string): Promise<GitObject | undefined> {
    return this.#reader.read(expression, true);
  }

  /** Ends the process that reads objects. */
  close(): void {
    this.#reader.close();
  }

  async tree(treeish: string, recursive = false): Promise<TreeEntry[]> {
    const flags = recursive ? ["-r", "-t"] : [];
    const listing = await git(this.dir, ["ls-tree", "-z", "--long", ...flags, treeish]);
    return listing
      .toString()
      .split("\0")
      .filter((line) => line !== "")
      .map((line) => {
        const tab = line.indexOf("\t");
        const [mode = "", type = "", oid = "", size = "-"] = line.slice(0, tab).split(/ +/);
        return {
          path: line.slice(tab + 1),
          mode,
          type: type as ObjectType,
          oid,
          size: size === "-" ? undefined : Number(size),
        };
      });
  }

  writeBlob(content: Buffer): Promise<string> {
    return gitLine(this.dir, ["hash-object", "-w", "--stdin"], { input: content });
  }

  /** Writes the tree `base` with index lines (`mode oid<TAB>path`; mode 0 removes). */
  async writeTree(base: string, indexLines: readonly string[]): Promise<string> {
    const index = `${this.dir}/loopback-index-${process.hrtime.bigint()}-${Math.random()}`;
    const env = { GIT_INDEX_FILE: index };
    await git(this.dir, ["read-tree", base], { env });
    const input = indexLines.map((line) => `${line}\0`).join("");
    await git(this.dir, ["update-index", "-z", "--add", "--index-info"], { env, input });
    const tree = await gitLine(this.dir, ["write-tree"], { env });
    await rm(index, { force: true });
    return tree;
  }

  async applyChanges(base: string, changes: readonly FileChange[]): Promise<string> {
    const lines = await Promise.all(
      changes.map(async ({ path, content }) => {
        if (content === undefined) return `0 ${ZERO_OID}\t${path}`;
        return `100644 ${await this.writeBlob(content)}\t${path}`;
      }),
    );
    return this.writeTree(base, lines);
  }

  commitTree(facts: {
    tree: string;
    parents: readonly string[];
    message: string;
    author: Signature;
    committer: Signature;
  }): Promise<string> {
    const parents = facts.parents.flatMap((parent) => ["-p", parent]);
    return gitLine(this.dir, ["commit-tree", facts.tree, ...parents, "-F", "-"], {
      input: facts.message,
      env: {
        GIT_AUTHOR_NAME: facts.author.name,
        GIT_AUTHOR_EMAIL: facts.author.email,
        GIT_COMMITTER_NAME: facts.committer.name,
        GIT_COMMITTER_EMAIL: facts.committer.email,
        ...(facts.author.date === undefined ? {} : { GIT_AUTHOR_DATE: facts.author.date }),
        ...(facts.committer.date === undefined ? {} : { GIT_COMMITTER_DATE: facts.committer.date }),
      },
    });
  }

  /** Moves references in one transaction; `oldOid` undefined leaves the old value unchecked. */
  async updateRefs(
    updates: readonly { ref: string; newOid: string; oldOid?: string | undefined }[],
  ): Promise<RefUpdate> {
    const input = updates
      .map(({ ref, newOid, oldOid }) => `update ${ref}\0${newOid}\0${oldOid ?? ""}\0`)
      .join("");
    for (let attempt = 0; attempt < LOCK_ATTEMPTS; attempt += 1) {
      const result = await tryGit(this.dir, ["update-ref", "-z", "--stdin"], { input });
      if (result.code === 0) return "done";
      if (!/File exists|Unable to create/.test(result.stderr)) {
        return /but expected|reference already exists|unable to resolve/.test(result.stderr)
          ? "stale"
          : "invalid";
      }
    }
    return "stale";
  }

  async isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    const result = await tryGit(this.dir, ["merge-base", "--is-ancestor", ancestor, descendant]);
    return result.code === 0;
  }

  async mergeBase(left: string, right: string): Promise<string | undefined> {
    const result = await tryGit(this.dir, ["merge-base", left, right]);
    return result.code === 0 ? result.stdout.toString().trim() : undefined;
  }

  /** Commits of a range, newest first. */
  async revList(range: string, options: readonly string[] = []): Promise<string[]> {
    const [paths, flags] = [
      options.filter((option) => !option.startsWith("-")),
      options.filter((option) => option.startsWith("-")),
    ];
    const out = await git(this.dir, ["rev-list", ...flags, range, "--", ...paths]);
    return out.toString().split("\n").filter(Boolean);
  }
}

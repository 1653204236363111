import { requireContentsWrite, requirePermission } from "../access.ts";
import { EMPTY_TREE, type TreeEntry, ZERO_OID } from "../git/bare-repo.ts";
import { readCommit } from "../git/commits.ts";
import { jsonReply } from "../http.ts";
import { nodeId } from "../ids.ts";
import { notFound, Problem } from "../problem.ts";
import { changeRefs, createRef, signatureOf, WEB_FLOW } from "../services/refs.ts";
import type { Repo, World } from "../state.ts";
import {
  type Handlers,
  listReply,
  noContent,
  type RestCall,
  repoOf,
  stringField,
} from "./route.ts";
import { gitCommit, gitRef } from "./serialize-git.ts";
import { type Json, repoUrl } from "./serialize-repo.ts";
import { writeRequestedTree } from "./write-tree.ts";

const SHA = /^[0-9a-f]{40}$/;
const RAW = /^application\/vnd\.github(\.v3)?\.raw(\+json)?\b/;

/** The repository for a read of its git data; an empty one has none. */
export async function readableRepo(call: RestCall): Promise<Repo> {
  const repo = repoOf(call);
  requirePermission(call.token, repo, ["contents"], "read");
  if (await repo.git.isEmpty()) throw new Problem(409, "Git Repository is empty.");
  return repo;
}

async function writableRepo(call: RestCall): Promise<Repo> {
  const repo = repoOf(call);
  requireContentsWrite(call.token, repo);
  if (await repo.git.isEmpty()) throw new Problem(409, "Git Repository is empty.");
  return repo;
}

export function wantsRaw(call: RestCall): boolean {
  return RAW.test(call.accept);
}

/** Splits base64 as GitHub does: lines of 60 characters, each ended. */
export function wrappedBase64(content: Buffer): string {
  return content.toString("base64").replace(/.{1,60}/g, "$&\n");
}

function treeJson(world: World, repo: Repo, oid: string, entries: readonly TreeEntry[]): Json {
  const url = `${repoUrl(world, repo)}/git`;
  return {
    sha: oid,
    url: `${url}/trees/${oid}`,
    tree: entries.map(({ path, mode, type, oid: sha, size }) => ({
      path,
      mode,
      type,
      sha,
      ...(size === undefined ? {} : { size }),
      ...(type === "commit" ? {} : { url: `${url}/${type}s/${sha}` }),
    })),
    truncated: false,
  };
}

async function refReply(call: RestCall, repo: Repo, ref: string): Promise<Json> {
  const object = await repo.git.object(ref);
  if (!object) throw notFound();
  return gitRef(call.world, repo, ref, object.oid, object.type);
}

const objectHandlers: Handlers = {
  "git/get-blob": async (call) => {
    const repo = await readableRepo(call);
    const sha = call.params["file_sha"] ?? "";
    const object = SHA.test(sha) ? await repo.git.object(sha) : undefined;
    if (object?.type !== "blob") throw notFound();
    if (wantsRaw(call)) {
      const headers = { "content-type": "application/vnd.github.raw+json; charset=utf-8" };
      return { status: 200, headers, body: object.content };
    }
    return jsonReply(200, {
      sha,
      node_id: nodeId("B", repo.id, sha),
      size: object.content.length,
      url: `${repoUrl(call.world, repo)}/git/blobs/${sha}`,
      content: wrappedBase64(object.content),
      encoding: "base64",
    });
  },
  "git/create-blob": async (call) => {
    const repo = await writableRepo(call);
    const encoding = call.body["encoding"] === "base64" ? "base64" : "utf8";
    const sha = await repo.git.writeBlob(Buffer.from(stringField(call, "content"), encoding));
    const url = `${repoUrl(call.world, repo)}/git/blobs/${sha}`;
    return jsonReply(201, { sha, url }, { location: url });
  },
  "git/get-tree": async (call) => {
    const repo = await readableRepo(call);
    const oid = await repo.git.resolve(`${call.params["tree_sha"] ?? ""}^{tree}`);
    if (oid === undefined) throw notFound();
    const entries = await repo.git.tree(oid, call.query.has("recursive"));
    return jsonReply(200, treeJson(call.world, repo, oid, entries));
  },
  "git/create-tree": async (call) => {
    const repo = await writableRepo(call);
    const oid = await writeRequestedTree(repo, call.body);
    const entries = oid === EMPTY_TREE ? [] : await repo.git.tree(oid);
    const location = `${repoUrl(call.world, repo)}/git/trees/${oid}`;
    return jsonReply(201, treeJson(call.world, repo, oid, entries), { location });
  },
  "git/get-commit": async (call) => {
    const repo = await readableRepo(call);
    const sha = call.params["commit_sha"] ?? "";
    const found = SHA.test(sha) ? await readCommit(repo.git, sha) : undefined;
    if (!found) throw notFound();
    return jsonReply(200, gitCommit(call.world, repo, found));
  },
  "git/create-commit": async (call) => {
    const repo = await writableRepo(call);
    const { parents, author, committer } = call.body;
    const tree = await repo.git.resolve(`${stringField(call, "tree")}^{tree}`);
    if (tree === undefined) throw new Problem(422, "Tree SHA does not exist");
    const parentShas = Array.isArray(parents) ? parents.map(String) : [];
    for (const parent of parentShas) {
      if ((await readCommit(repo.git, parent)) === undefined) {
        throw new Problem(422, "Parent SHA does not exist or is not a commit object");
      }
    }
    const self = call.token ? signatureOf(call.token.account) : WEB_FLOW;
    const authored = isSignature(author) ? author : self;
    const oid = await repo.git.commitTree({
      tree,
      parents: parentShas,
      message: stringField(call, "message"),
      author: authored,
      committer: isSignature(committer) ? committer : authored,
    });
    const created = await readCommit(repo.git, oid);
    if (!created) throw new Error(`the commit ${oid} vanished`);
    const location = `${repoUrl(call.world, repo)}/git/commits/${oid}`;
    return jsonReply(201, gitCommit(call.world, repo, created), { location });
  },
};

function isSignature(value: unknown): value is { name: string; email: string; date?: string } {
  if (typeof value !== "object" || value === null) return false;
  return "name" in value && "email" in value;
}

const refHandlers: Handlers = {
  "git/get-ref": async (call) => {
    const repo = await readableRepo(call);
    return jsonReply(200, await refReply(call, repo, `refs/${call.params["ref"] ?? ""}`));
  },
  "git/list-matching-refs": async (call) => {
    const repo = await readableRepo(call);
    const refs = await repo.git.refs(`refs/${call.params["ref"] ?? ""}`);
    return listReply(call, [...refs], ([ref, oid]) => gitRef(call.world, repo, ref, oid, "commit"));
  },
  "git/create-ref": async (call) => {
    const repo = await writableRepo(call);
    const ref = stringField(call, "ref");
    await createRef(repo, ref, stringField(call, "sha"));
    const location = `${repoUrl(call.world, repo)}/git/${ref}`;
    return jsonReply(201, await refReply(call, repo, ref), { location });
  },
  "git/update-ref": async (call) => {
    const repo = await writableRepo(call);
    const ref = `refs/${call.params["ref"] ?? ""}`;
    if ((await repo.git.resolve(ref)) === undefined) {
      throw new Problem(422, "Reference does not exist");
    }
    const force = call.body["force"] === true;
    await changeRefs(repo, [{ ref, afterOid: stringField(call, "sha"), force }]);
    return jsonReply(200, await refReply(call, repo, ref));
  },
  "git/delete-ref": async (call) => {
    const repo = await writableRepo(call);
    const ref = `refs/${call.params["ref"] ?? ""}`;
    if ((await repo.git.resolve(ref)) === undefined) {
      throw new Problem(422, "Reference does not exist");
    }
    await changeRefs(repo, [{ ref, afterOid: ZERO_OID, force: true }]);
    return noContent();
  },
};

export const gitDataHandlers: Handlers = { ...objectHandlers, ...refHandlers };

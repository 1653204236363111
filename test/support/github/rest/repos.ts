import { hasPermission, refusal, roleAtLeast } from "../access.ts";
import type { GitObject } from "../git/bare-repo.ts";
import { readCommit, readCommits } from "../git/commits.ts";
import { diffFiles } from "../git/diff.ts";
import { jsonReply, type Reply } from "../http.ts";
import { notFound, Problem } from "../problem.ts";
import { syncPullRefs } from "../services/pulls.ts";
import type { Repo, Role, Token } from "../state.ts";
import { readableRepo, wantsRaw, wrappedBase64 } from "./git-data.ts";
import { type Handlers, paginate, type RestCall, repoOf } from "./route.ts";
import { commit, diffEntry } from "./serialize-git.ts";
import {
  fullRepository,
  htmlUrl,
  type Json,
  publicUser,
  repoUrl,
  rolePermissions,
  user,
} from "./serialize-repo.ts";

/** Above this size the JSON of a file's contents is empty; raw still answers. */
const MAX_INLINE_CONTENT = 1024 * 1024;
const LEGACY: Readonly<Partial<Record<Role, string>>> = { triage: "read", maintain: "write" };

async function commitOf(repo: Repo, revision: string): Promise<string | undefined> {
  const branch = revision.includes(":") ? revision.split(":")[1] : revision;
  return (
    (await repo.git.resolve(`refs/heads/${branch}^{commit}`)) ??
    (await repo.git.resolve(`${branch}^{commit}`))
  );
}

function contentJson(
  call: RestCall,
  repo: Repo,
  at: { path: string; ref: string },
  object: GitObject,
): Json {
  const { path, ref } = at;
  const url = `${repoUrl(call.world, repo)}/contents/${path}?ref=${ref}`;
  const git = `${repoUrl(call.world, repo)}/git/${object.type}s/${object.oid}`;
  const html = `${htmlUrl(call.world, repo)}/${object.type}/${ref}/${path}`;
  const isFile = object.type === "blob";
  return {
    name: path.split("/").at(-1) ?? "",
    path,
    sha: object.oid,
    size: isFile ? object.content.length : 0,
    url,
    html_url: html,
    git_url: git,
    download_url: isFile ? `${htmlUrl(call.world, repo)}/raw/${ref}/${path}` : null,
    type: isFile ? "file" : "dir",
    _links: { self: url, git, html },
  };
}

async function contents(call: RestCall): Promise<Reply> {
  const repo = await readableRepo(call);
  await syncPullRefs(call.world, repo);
  const ref = call.query.get("ref") ?? repo.defaultBranch;
  const path = (call.params["path"] ?? "").replace(/\/$/, "");
  const at = await commitOf(repo, ref);
  if (at === undefined) throw new Problem(404, `No commit found for the ref ${ref}`);
  const object = await repo.git.object(`${at}:${path}`);
  if (!object) throw notFound();
  const json = contentJson(call, repo, { path, ref }, object);
  if (object.type === "blob") {
    if (wantsRaw(call)) {
      const headers = { "content-type": "application/vnd.github.raw+json; charset=utf-8" };
      return { status: 200, headers, body: object.content };
    }
    const inline = object.content.length <= MAX_INLINE_CONTENT;
    return jsonReply(200, {
      ...json,
      content: inline ? wrappedBase64(object.content) : "",
      encoding: inline ? "base64" : "none",
    });
  }
  const entries = await repo.git.tree(object.oid);
  const listed = entries.map((entry) => {
    const child = path === "" ? entry.path : `${path}/${entry.path}`;
    const content = Buffer.alloc(0);
    const item = contentJson(call, repo, { path: child, ref }, { ...entry, content });
    return { ...item, size: entry.size ?? 0 };
  });
  return jsonReply(200, listed);
}

async function compare(call: RestCall): Promise<Reply> {
  const repo = await readableRepo(call);
  await syncPullRefs(call.world, repo);
  const [from, to] = [call.params["base"] ?? "", call.params["head"] ?? ""];
  const [base, head] = [await commitOf(repo, from), await commitOf(repo, to)];
  if (base === undefined || head === undefined) throw notFound();
  const merge = await repo.git.mergeBase(base, head);
  if (merge === undefined) {
    throw new Problem(404, `No common ancestor between ${from} and ${to}.`);
  }
  const ahead = await repo.git.revList(`${merge}..${head}`, ["--reverse"]);
  const behind = (await repo.git.revList(`${merge}..${base}`)).length;
  const { items, headers } = paginate(call, ahead);
  const page = call.query.has("per_page") || call.query.has("page") ? items : ahead.slice(0, 250);
  const [baseCommit, mergeCommit] = await readCommits(repo.git, [base, merge]);
  if (!baseCommit || !mergeCommit) throw notFound();
  const url = `${repoUrl(call.world, repo)}/compare/${from}...${to}`;
  const html = `${htmlUrl(call.world, repo)}/compare/${from}...${to}`;
  const files = await diffFiles(repo.git, merge, head);
  const aheadStatus = behind > 0 ? "diverged" : "ahead";
  const behindStatus = behind > 0 ? "behind" : "identical";
  return jsonReply(
    200,
    {
      url,
      html_url: html,
      permalink_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: commit(call.world, repo, baseCommit),
      merge_base_commit: commit(call.world, repo, mergeCommit),
      status: ahead.length > 0 ? aheadStatus : behindStatus,
      ahead_by: ahead.length,
      behind_by: behind,
      total_commits: ahead.length,
      commits: (await readCommits(repo.git, page)).map((item) => commit(call.world, repo, item)),
      files: files.slice(0, 300).map((file) => diffEntry(call.world, repo, head, file)),
    },
    headers,
  );
}

export const repoHandlers: Handlers = {
  "repos/get": async (call) => jsonReply(200, fullRepository(call.world, repoOf(call), call.token)),
  "repos/get-content": contents,
  "repos/compare-commits": compare,
  "repos/get-branch": async (call) => {
    const repo = await readableRepo(call);
    const name = call.params["branch"] ?? "";
    const head = await readCommit(repo.git, `refs/heads/${name}`);
    if (!head) throw new Problem(404, "Branch not found");
    const url = `${repoUrl(call.world, repo)}/branches/${name}`;
    const enabled = repo.protection.get(name) === "GH006";
    return jsonReply(200, {
      name,
      commit: commit(call.world, repo, head),
      _links: { self: url, html: `${htmlUrl(call.world, repo)}/tree/${name}` },
      protected: repo.protection.has(name),
      protection: { enabled },
      protection_url: `${url}/protection`,
    });
  },
  "repos/get-commit": async (call) => {
    const repo = await readableRepo(call);
    const ref = call.params["ref"] ?? "";
    const oid = await commitOf(repo, ref);
    const found = oid === undefined ? undefined : await readCommit(repo.git, oid);
    if (!found) throw new Problem(422, `No commit found for SHA: ${ref}`);
    return jsonReply(200, commit(call.world, repo, found));
  },
  "repos/list-commits": async (call) => {
    const repo = await readableRepo(call);
    const from = call.query.get("sha") ?? repo.defaultBranch;
    const oid = await commitOf(repo, from);
    if (oid === undefined) throw notFound();
    const path = call.query.get("path");
    const { items, headers } = paginate(call, await repo.git.revList(oid, path ? [path] : []));
    const commits = await readCommits(repo.git, items);
    return jsonReply(
      200,
      commits.map((item) => commit(call.world, repo, item)),
      headers,
    );
  },
  "repos/get-collaborator-permission-level": async (call) => {
    const repo = repoOf(call);
    if (!call.token) throw new Problem(401, "Requires authentication");
    requireMetadata(call.token, repo);
    const login = call.params["username"] ?? "";
    const account = call.world.findAccount(login);
    if (account?.type !== "User") throw new Problem(404, `${login} is not a user`);
    const role = repo.role(account);
    const permission = LEGACY[role] ?? role;
    const permissions = rolePermissions(role);
    const name = repo.roleNames.get(account.login.toLowerCase()) ?? role;
    return jsonReply(200, {
      permission,
      role_name: name,
      user: { ...user(call.world, account), permissions, role_name: name },
    });
  },
};

/** An app needs the permission, whatever the repository's visibility; people need write access. */
function requireMetadata(token: Token, repo: Repo): void {
  if (!hasPermission(token, ["metadata"], "read")) throw refusal(token, ["metadata"], "read");
  if (token.account.type === "Bot" || roleAtLeast(repo.role(token.account), "write")) return;
  throw new Problem(403, "Must have push access to view collaborator permission.");
}

export const accountHandlers: Handlers = {
  "users/get-authenticated": async (call) => {
    if (!call.token) throw new Problem(401, "Requires authentication");
    if (call.token.account.type === "Bot") {
      throw new Problem(403, "Resource not accessible by integration");
    }
    return jsonReply(200, publicUser(call.world, call.token.account));
  },
  "users/get-by-username": async (call) => {
    const account = call.world.findAccount(call.params["username"] ?? "");
    if (!account) throw notFound();
    return jsonReply(200, publicUser(call.world, account));
  },
  "rate-limit/get": async () => {
    const reset = Math.floor(Date.now() / 1000) + 3600;
    const rate = { limit: 5000, used: 0, remaining: 5000, reset };
    const resources = { core: rate, search: { ...rate, limit: 30 }, graphql: rate };
    return jsonReply(200, { resources, rate });
  },
};

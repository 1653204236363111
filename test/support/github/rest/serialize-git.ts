import type { ObjectType } from "../git/bare-repo.ts";
import type { CommitFacts } from "../git/commits.ts";
import type { ChangedFile } from "../git/diff.ts";
import { nodeId } from "../ids.ts";
import type { Account, Repo, World } from "../state.ts";
import { htmlUrl, type Json, repoUrl, user } from "./serialize-repo.ts";

const UNSIGNED = {
  verified: false,
  reason: "unsigned",
  signature: null,
  payload: null,
  verified_at: null,
};

export function gitRef(world: World, repo: Repo, ref: string, oid: string, type: ObjectType): Json {
  return {
    ref,
    node_id: nodeId("REF", repo.id, ref),
    url: `${repoUrl(world, repo)}/git/${ref}`,
    object: { sha: oid, type, url: `${repoUrl(world, repo)}/git/${type}s/${oid}` },
  };
}

/** A `git-commit` of the git data routes. */
export function gitCommit(world: World, repo: Repo, commit: CommitFacts): Json {
  const url = repoUrl(world, repo);
  const html = `${htmlUrl(world, repo)}/commit`;
  return {
    sha: commit.oid,
    node_id: nodeId("C", repo.id, commit.oid),
    url: `${url}/git/commits/${commit.oid}`,
    html_url: `${html}/${commit.oid}`,
    author: commit.author,
    committer: commit.committer,
    message: commit.message,
    tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/git/commits/${sha}`,
      html_url: `${html}/${sha}`,
    })),
    verification: UNSIGNED,
  };
}

function accountOf(world: World, email: string): Account | undefined {
  const login = /^\d+\+(.+)@users\.noreply\.github\.com$/.exec(email)?.[1];
  return login === undefined ? undefined : world.findAccount(login);
}

/** A `commit` of the repository routes: git's facts and the accounts behind them. */
export function commit(world: World, repo: Repo, value: CommitFacts): Json {
  const url = `${repoUrl(world, repo)}/commits`;
  const html = `${htmlUrl(world, repo)}/commit`;
  const [author, committer] = [
    accountOf(world, value.author.email),
    accountOf(world, value.committer.email),
  ];
  return {
    sha: value.oid,
    node_id: nodeId("C", repo.id, value.oid),
    url: `${url}/${value.oid}`,
    html_url: `${html}/${value.oid}`,
    comments_url: `${url}/${value.oid}/comments`,
    commit: {
      author: value.author,
      committer: value.committer,
      message: value.message,
      tree: { sha: value.tree, url: `${repoUrl(world, repo)}/git/trees/${value.tree}` },
      url: `${repoUrl(world, repo)}/git/commits/${value.oid}`,
      comment_count: 0,
      verification: UNSIGNED,
    },
    author: author ? user(world, author) : null,
    committer: committer ? user(world, committer) : null,
    parents: value.parents.map((sha) => ({
      sha,
      url: `${url}/${sha}`,
      html_url: `${html}/${sha}`,
    })),
  };
}

/** A `diff-entry`. */
export function diffEntry(world: World, repo: Repo, at: string, file: ChangedFile): Json {
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  const html = htmlUrl(world, repo);
  return {
    sha: file.blob,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${html}/blob/${at}/${path}`,
    raw_url: `${html}/raw/${at}/${path}`,
    contents_url: `${repoUrl(world, repo)}/contents/${path}?ref=${at}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
  };
}

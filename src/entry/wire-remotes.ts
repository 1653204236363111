import { tmpdir } from "node:os";
import type { GitRemote } from "../adapters/git/remote.ts";
import type { GitHubClient } from "../adapters/github/client.ts";
import { createApiRemote } from "../adapters/github/remote.ts";
import { createAutoRemote } from "../adapters/store/auto-remote.ts";
import type { BranchRemote } from "../ports/branch-remote.ts";
import type { Clock } from "../ports/clock.ts";
import type { ActionRun } from "./action-run.ts";

/** Commits up to this size go over the API in transport `auto`. */
const API_BYTES = 5_000_000;
/** What GitHub's API takes in one commit, when nothing else is allowed. */
const API_MOST_BYTES = 35_000_000;

/** The Actions bot, as GitHub itself signs its commits. */
const BOT = {
  name: "github-actions[bot]",
  email: "41898282+github-actions[bot]@users.noreply.github.com",
};

/** A way to the branch of the log, and how to clean up after it. */
export interface Remotes {
  readonly remote: BranchRemote;
  close(): Promise<void>;
}

/** The remote of the chosen transport; git is only prepared when it is needed. */
export function createRemotes(
  run: ActionRun,
  parts: { readonly client: GitHubClient; readonly clock: Clock },
): Remotes {
  const { config, environment } = run;
  const { owner, repo } = environment;
  const { experimentsDir } = config;
  let opened: Promise<GitRemote> | undefined;
  const git = () => {
    opened ??= openGitRemote(run, parts.clock);
    return opened;
  };
  const api = (maxBytes: number) =>
    createApiRemote({ client: parts.client, owner, repo, experimentsDir, maxBytes });
  const close = async () => await (await opened)?.close();
  if (config.transport === "git") return { remote: deferRemote(git), close };
  if (config.transport === "api") return { remote: api(API_MOST_BYTES), close };
  return { remote: createAutoRemote({ api: api(API_BYTES), git }), close };
}

async function openGitRemote({ config, environment }: ActionRun, clock: Clock): Promise<GitRemote> {
  const { createGitRemote } = await import("../adapters/git/remote.ts");
  return createGitRemote({
    url: `${environment.serverUrl}/${environment.owner}/${environment.repo}.git`,
    token: config.token,
    experimentsDir: config.experimentsDir,
    tempDir: environment.tempDir ?? tmpdir(),
    identity: BOT,
    env: process.env,
    clock,
  });
}

/** A remote that is opened by its first use. */
function deferRemote(open: () => Promise<BranchRemote>): BranchRemote {
  return {
    readHead: async (branch) => (await open()).readHead(branch),
    readCommit: async (branch, commit) => (await open()).readCommit(branch, commit),
    readFiles: async (head, paths) => (await open()).readFiles(head, paths),
    commit: async (request) => (await open()).commit(request),
    sawOwnBranch: async (branch) => (await open()).sawOwnBranch(branch),
    createBranch: async (branch, commit) => (await open()).createBranch(branch, commit),
  };
}

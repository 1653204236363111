import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGitRemote, type GitRemote } from "../../../src/adapters/git/remote.ts";
import { createGitHubClient, type GitHubClient } from "../../../src/adapters/github/client.ts";
import { createPullRequests } from "../../../src/adapters/github/pull-requests.ts";
import { createApiRemote } from "../../../src/adapters/github/remote.ts";
import { createCasLogStore } from "../../../src/adapters/store/cas-log-store.ts";
import type { CasLogStoreOptions } from "../../../src/adapters/store/context.ts";
import type { BranchRemote } from "../../../src/ports/branch-remote.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { LogStore } from "../../../src/ports/log-store.ts";
import type { RepoHandle } from "../../support/github/seed.ts";
import { ACTIONS_TOKEN, type LoopbackGitHub, startGitHub } from "../../support/github/server.ts";
import { assertKeepsRows, createQuickClock, mergeRows } from "./rows.ts";

export const TRANSPORTS = ["api", "git"] as const;
export type Transport = (typeof TRANSPORTS)[number];

export const LOG_PATH = "experiments/default/experiment_log.csv";

export interface World {
  readonly github: LoopbackGitHub;
  readonly repo: RepoHandle;
  readonly tempDir: string;
  client(options?: { token?: string; clock?: Clock; timeoutMs?: number }): GitHubClient;
  remote(transport: Transport, options?: RemoteOptions): BranchRemote;
  store(transport: Transport, options?: Partial<CasLogStoreOptions> & RemoteOptions): LogStore;
  close(): Promise<void>;
}

export interface RemoteOptions {
  /** Another repository than the world's. */
  readonly repo?: RepoHandle;
  readonly token?: string;
  readonly experimentsDir?: string;
  readonly maxBytes?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs?: number;
}

/** A loopback GitHub with one repository, and whatever a test opens on it. */
export async function openWorld(files: Readonly<Record<string, string | Buffer>>): Promise<World> {
  const github = await startGitHub();
  const repo = await github.createRepo({ owner: "lab", name: "loop", files });
  const tempDir = await mkdtemp(join(tmpdir(), "experiment-monitor-test-"));
  const gitRemotes: GitRemote[] = [];
  const client: World["client"] = (options = {}) =>
    createGitHubClient({
      token: options.token ?? ACTIONS_TOKEN,
      apiUrl: github.url,
      userAgent: "experiment-monitor-test",
      clock: options.clock ?? createQuickClock(),
      timeoutMs: options.timeoutMs ?? 20_000,
      onWait: () => undefined,
    });
  const remote: World["remote"] = (transport, options = {}) => {
    const {
      token = ACTIONS_TOKEN,
      experimentsDir = "experiments",
      maxBytes = 5_000_000,
      timeoutMs = 20_000,
    } = options;
    if (transport === "api") {
      const { owner, name } = options.repo ?? repo;
      return createApiRemote({
        client: client({ token, timeoutMs }),
        owner,
        repo: name,
        experimentsDir,
        maxBytes,
      });
    }
    const opened = createGitRemote({
      url: (options.repo ?? repo).cloneUrl,
      token,
      experimentsDir,
      tempDir,
      identity: { name: "Monitor", email: "monitor@example.org" },
      env: options.env ?? process.env,
      clock: createQuickClock(),
      timeoutMs,
    });
    gitRemotes.push(opened);
    return opened;
  };
  return {
    github,
    repo,
    tempDir,
    client,
    remote,
    store: (transport, options = {}) =>
      createCasLogStore({
        remote: remote(transport, options),
        pullRequests: createPullRequests({
          client: client(options),
          owner: repo.owner,
          repo: repo.name,
        }),
        clock: createQuickClock(),
        experimentsDir: "experiments",
        commit: "auto",
        dryRun: false,
        onProgress: () => undefined,
        assertSafe: assertKeepsRows,
        mergeFiles: mergeRows,
        ...options,
      }),
    async close() {
      await Promise.all(gitRemotes.map((one) => one.close()));
      await rm(tempDir, { recursive: true, force: true });
      await github.close();
    },
  };
}

export { createQuickClock, parseRows, readRows, setRows } from "./rows.ts";

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGitRemote, type GitRemote } from "../../../src/adapters/git/remote.ts";
import { createGitHubClient, type GitHubClient } from "../../../src/adapters/github/client.ts";
import { createPullRequests } from "../../../src/adapters/github/pull-requests.ts";
import { createApiRemote } from "../../../src/adapters/github/remote.ts";
import { createCasLogStore } from "../../../src/adapters/store/cas-log-store.ts";
import type {
  CasLogStoreOptions,
  Files,
  FileVersions,
} from "../../../src/adapters/store/context.ts";
import type { BranchRemote } from "../../../src/ports/branch-remote.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { Edit, LogStore, SessionFiles } from "../../../src/ports/log-store.ts";
import type { RepoHandle } from "../../support/github/seed.ts";
import { ACTIONS_TOKEN, type LoopbackGitHub, startGitHub } from "../../support/github/server.ts";

export const TRANSPORTS = ["api", "git"] as const;
export type Transport = (typeof TRANSPORTS)[number];

export const LOG_PATH = "experiments/default/experiment_log.csv";
const LOG = "experiment_log.csv";

/** A clock whose pauses are a fraction of what is asked for, and which remembers what was asked. */
export function createQuickClock(speed = 50): Clock & { readonly asked: number[] } {
  const asked: number[] = [];
  return {
    asked,
    now: () => `${new Date().toISOString().slice(0, 19)}Z`,
    monotonicMs: () => performance.now(),
    sleep(milliseconds) {
      asked.push(milliseconds);
      return new Promise((resolve) => setTimeout(resolve, milliseconds / speed));
    },
    random: Math.random,
  };
}

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

/** A log reduced to what the store can see: a header and one line for each id. */
export function readRows(files: Files | SessionFiles["files"]): Map<string, string> {
  const text = Buffer.from(files.get(LOG) ?? new Uint8Array()).toString("utf8");
  const lines = text
    .split("\n")
    .slice(1)
    .filter((line) => line !== "");
  return new Map(
    lines.map((line) => [line.slice(0, line.indexOf(",")), line.slice(line.indexOf(",") + 1)]),
  );
}

export function parseRows(content: Buffer | undefined): Map<string, string> {
  return readRows(new Map([[LOG, content ?? Buffer.alloc(0)]]));
}

export function encodeRows(rows: ReadonlyMap<string, string>): Buffer {
  const lines = [...rows].map(([id, value]) => `${id},${value}\n`);
  return Buffer.from(`experiment_id,objective_value\n${lines.join("")}`);
}

/** An edit that sets rows and renders a report of what is there then. */
export function setRows(rows: Readonly<Record<string, string>>): Edit<number> {
  return ({ files }) => {
    const next = new Map([...readRows(files), ...Object.entries(rows)]);
    return {
      files: new Map([
        [LOG, encodeRows(next)],
        ["experiment_report.md", Buffer.from(`${next.size} experiments\n`)],
      ]),
      message: { headline: `Record ${Object.keys(rows).join(", ")}`, body: "" },
      value: next.size,
    };
  };
}

function assertKeepsRows(base: SessionFiles, next: Files): void {
  const kept = readRows(next);
  for (const id of readRows(base.files).keys()) {
    if (!kept.has(id)) throw new Error(`the row ${id} would be lost`);
  }
}

function mergeRows({ ours, theirs }: FileVersions): Files {
  return new Map([[LOG, encodeRows(new Map([...readRows(theirs), ...readRows(ours)]))]]);
}

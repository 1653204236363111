import { cp, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RepoHandle } from "../support/github/seed.ts";
import { type GitHubOptions, type LoopbackGitHub, startGitHub } from "../support/github/server.ts";
import { type ActionResult, event, repositoryOf, runAction } from "../support/runner.ts";

/** Where the genuine outputs of the xax queue are. */
export const XAX = new URL("../fixtures/xax/", import.meta.url);

export const SETTINGS = [
  "objective: { metric: value/loss, mode: min, target: 0.1 }",
  "issue: 1",
  "queue: { status: { file: status.json } }",
  "",
].join("\n");

const DEFAULT_FILES = {
  "experiments/mnist/session.yml": SETTINGS,
  "README.md": "# Research\n",
};

/** A repository with a session, an issue, and a workspace in which a queue's status lies. */
export interface Scene {
  readonly github: LoopbackGitHub;
  readonly repo: RepoHandle;
  readonly workspace: string;
  /** Puts a status there; a fixture's name or any text. */
  setStatus(status: string): Promise<void>;
  /** Runs the Action as a schedule would. */
  run(inputs?: Readonly<Record<string, string>>, more?: SceneRun): Promise<ActionResult>;
  readLog(branch?: string, session?: string): Promise<string>;
}

interface SceneRun {
  readonly eventName?: string;
  readonly payload?: unknown;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly token?: string;
  /** Ends the run by SIGKILL when it is aborted. */
  readonly kill?: AbortSignal;
}

export interface SceneOptions {
  readonly github?: GitHubOptions;
  readonly files?: Readonly<Record<string, string>>;
  readonly status?: string;
  readonly private?: boolean;
  /** A repository without a commit. */
  readonly isEmpty?: boolean;
}

export async function createScene(options: SceneOptions = {}): Promise<Scene> {
  const github = await startGitHub(options.github ?? {});
  const repo = await github.createRepo({
    owner: "acme",
    name: "research",
    private: options.private ?? false,
    ...(options.isEmpty ? {} : { files: options.files ?? DEFAULT_FILES }),
  });
  await repo.createIssue({ title: "Experiments", body: "The loop." });
  const workspace = await mkdtemp(join(tmpdir(), "workspace-"));
  const statusPath = join(workspace, "status.json");
  const setStatus = async (status: string) => {
    const { writeFile } = await import("node:fs/promises");
    if (status.startsWith("{") || status.startsWith("[")) await writeFile(statusPath, status);
    else await cp(new URL(`${status}.json`, XAX), statusPath);
  };
  await setStatus(options.status ?? "status-running");
  return {
    github,
    repo,
    workspace,
    setStatus,
    run: (inputs = {}, more = {}) => {
      const eventName = more.eventName ?? "schedule";
      const payload = more.payload ?? event(eventName, { repository: repositoryOf(repo) });
      return runAction({
        github,
        repo,
        inputs,
        eventName,
        event: payload,
        workspace,
        ...(more.env === undefined ? {} : { env: more.env }),
        ...(more.token === undefined ? {} : { token: more.token }),
        ...(more.kill === undefined ? {} : { kill: more.kill }),
      });
    },
    readLog: async (branch = repo.defaultBranch, session = "mnist") => {
      const bytes = await repo.readFile(branch, `experiments/${session}/experiment_log.csv`);
      return bytes?.toString("utf8") ?? "";
    },
  };
}

export async function readSample(name: string): Promise<string> {
  return await readFile(new URL(`${name}.json`, XAX), "utf8");
}

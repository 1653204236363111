import { execFileSync, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ProcessResult, runCli } from "../support/runner.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.cjs", import.meta.url));
const DRIVER = `'${process.execPath}' '${CLI}' merge -- %O %A %B %P`;

/** Where the log of the scene's session stands. */
export const LOG = "experiments/mnist/experiment_log.csv";

/** How a git command ended. */
export interface GitEnd {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A person's repository with our merge driver, and what they do in it. */
export interface GitScene {
  readonly root: string;
  /** Runs git, which must succeed; its trimmed output. */
  git(...args: string[]): string;
  /** Runs git, which may fail. */
  tryGit(...args: string[]): GitEnd;
  write(path: string, text: string): Promise<void>;
  read(path: string): Promise<string>;
  /** Writes files and commits everything; the commit's id. */
  commit(message: string, files: Readonly<Record<string, string>>): Promise<string>;
  cli(
    args: readonly string[],
    options?: { cwd?: string; env?: Record<string, string> },
  ): Promise<ProcessResult>;
  remove(): Promise<void>;
}

const ENV = {
  PATH: process.env["PATH"],
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.org",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.org",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_EDITOR: "true",
};

/** A new repository without a commit. */
export async function createGitScene(): Promise<GitScene> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "git-scene-")));
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: root, encoding: "utf8", env: ENV, stdio: "pipe" }).trimEnd();
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  git("init", "-q", "-b", "main");
  git("config", "merge.experiment-monitor.driver", DRIVER);
  return {
    root,
    git,
    write,
    tryGit: (...args) => {
      const end = spawnSync("git", args, { cwd: root, encoding: "utf8", env: ENV });
      return { exitCode: end.status, stdout: end.stdout, stderr: end.stderr };
    },
    read: (path) => readFile(join(root, path), "utf8"),
    async commit(message, files) {
      for (const [path, text] of Object.entries(files)) await write(path, text);
      git("add", "-A");
      git("commit", "-q", "--allow-empty", "-m", message);
      return git("rev-parse", "HEAD");
    },
    cli: (args, options = {}) =>
      runCli(args, {
        cwd: join(root, options.cwd ?? "."),
        ...(options.env ? { env: options.env } : {}),
      }),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

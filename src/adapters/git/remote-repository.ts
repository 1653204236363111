import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildGitEnvironment, buildRemoteConfig } from "./environment.ts";
import { createObjectReader, type GitObject, type ObjectReader } from "./object-reader.ts";
import { type GitResult, runGit } from "./run-git.ts";

/** Where a temporary repository stands and whom it talks to. */
export interface RepositoryOptions {
  readonly url: string;
  readonly token: string | undefined;
  readonly tempDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Bounds each git process, in milliseconds; two minutes when absent. */
  readonly timeoutMs?: number;
}

/** A bare repository of our own under the temporary folder; the user's checkout is never touched. */
export interface TemporaryRepository {
  run(args: readonly string[], input?: Uint8Array | string): Promise<GitResult>;
  /** Runs a fetch, after which git again asks nobody for objects it lacks. */
  fetch(args: readonly string[], input?: string): Promise<GitResult>;
  /** Reads an object that is there; a missing one is `undefined`. */
  read(name: string): Promise<GitObject | undefined>;
  /** Removes the repository. */
  close(): Promise<void>;
}

/** Prepares the repository; it is made on first use. */
export function createTemporaryRepository(options: RepositoryOptions): TemporaryRepository {
  const env = buildGitEnvironment(options.env, buildRemoteConfig(options.url, options.token));
  const bound = options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs };
  let directory: Promise<string> | undefined;
  let reader: Promise<ObjectReader> | undefined;
  const open = () => {
    directory ??= writeEmptyRepository(options.tempDir);
    return directory;
  };
  const openReader = async () => {
    const cwd = await open();
    reader ??= createObjectReader(cwd, env);
    return reader;
  };
  const run = async (args: readonly string[], input?: Uint8Array | string) => {
    const cwd = await open();
    return runGit({ args, cwd, env, ...bound, ...(input === undefined ? {} : { input }) });
  };
  return {
    run,
    async fetch(args, input) {
      const result = await run(args, input);
      await writeConfig(await open());
      return result;
    },
    async read(name) {
      return (await openReader()).read(name);
    },
    async close() {
      if (reader !== undefined) await (await reader).close();
      if (directory !== undefined) await rm(await directory, { recursive: true, force: true });
      reader = undefined;
      directory = undefined;
    },
  };
}

/** What `git init --bare` writes, without starting git: https://git-scm.com/docs/gitrepository-layout */
async function writeEmptyRepository(tempDir: string): Promise<string> {
  await mkdir(tempDir, { recursive: true });
  const directory = await mkdtemp(join(tempDir, "experiment-monitor-git-"));
  await mkdir(join(directory, "objects", "info"), { recursive: true });
  await mkdir(join(directory, "refs", "heads"), { recursive: true });
  await writeFile(join(directory, "HEAD"), "ref: refs/heads/unused\n");
  await writeConfig(directory);
  return directory;
}

/**
 * A fetch with a filter notes in the configuration that the remote has what is missing here; every later command would then
 * fetch by itself, one object at a time: a push that lost a race, the other writer's history.
 */
function writeConfig(directory: string): Promise<void> {
  const config = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n";
  return writeFile(join(directory, "config"), config);
}

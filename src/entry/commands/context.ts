import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { readSecrets } from "../../adapters/actions/environment.ts";
import { hasFlag, textFlag } from "../../adapters/cli/flags.ts";
import { createTerminalReporter } from "../../adapters/cli/output.ts";
import type { Flags } from "../../adapters/cli/program.ts";
import { createFileLogStore } from "../../adapters/files/log-store.ts";
import { findRepository } from "../../adapters/git/find-repository.ts";
import { createCommittingStore } from "../../adapters/store/committing-store.ts";
import { createSystemClock } from "../../adapters/system/clock.ts";
import { InputError } from "../../core/errors.ts";
import { SESSION_FILES } from "../../core/log/columns.ts";
import { GIT_ATTRIBUTES } from "../../core/session/git-attributes.ts";
import { parseSessionName } from "../../core/session/name.ts";
import type { SessionSettings } from "../../core/session/settings.ts";
import { createRedactor, type Redactor } from "../../core/text/redact.ts";
import { quoteUntrusted } from "../../core/text/safe-log.ts";
import type { Clock } from "../../ports/clock.ts";
import type { LogStore, Update } from "../../ports/log-store.ts";
import type { Reporter } from "../../ports/reporter.ts";

/** What a command works with: the composition root of the command line. */
export interface CliContext {
  readonly store: LogStore;
  readonly clock: Clock;
  readonly reporter: Pick<Reporter, "info" | "warning">;
  readonly session: string;
  readonly sessionFolder: string;
  /** The experiments directory relative to its repository, with forward slashes; absent outside of one. */
  readonly experimentsPath: string | undefined;
  /** Absolute path of one of the session's files, or of another session's. */
  pathOf(file: string, session?: string): string;
  /** Takes the run's own secrets out of a text. */
  redact(text: string): string;
  createRedactor(settings: SessionSettings): Redactor;
}

/** @throws {InputError} when the session's name is no folder name, or the report would replace another file */
export async function createCliContext(flags: Flags, session?: string): Promise<CliContext> {
  const name = parseSessionName(session ?? textFlag(flags, "experimentName") ?? "default");
  const cwd = process.cwd();
  const experiments = findExperimentsDir(cwd, textFlag(flags, "experimentsDir"));
  const repository = findRepository(experiments);
  const root = repository ?? cwd;
  const paths = new Map([
    ...explicitPaths(cwd, flags),
    [GIT_ATTRIBUTES, join(root, GIT_ATTRIBUTES)] as const,
  ]);
  const pathIn = (folder: string, file: string) =>
    paths.get(file) ?? join(experiments, folder, file);
  const clock = createSystemClock();
  const folders = { repositoryRoot: root, home: homedir() };
  const secrets = readSecrets(process.env);
  const files = createFileLogStore({
    root,
    experimentsDir: experiments,
    paths,
    dryRun: hasFlag(flags, "dryRun"),
  });
  return {
    store: commits(flags) ? await committing(files, { root, clock, pathIn }) : files,
    clock,
    reporter: createTerminalReporter(),
    session: name,
    sessionFolder: join(experiments, name),
    experimentsPath:
      repository === undefined ? undefined : relative(repository, experiments).split(sep).join("/"),
    pathOf: (file, other = name) => pathIn(other, file),
    redact: createRedactor({ secrets, settings: { paths: false, patterns: [] } }),
    createRedactor: ({ redact }) => createRedactor({ secrets, settings: redact, ...folders }),
  };
}

/** A dry run commits nothing, not even what an earlier one has left in the working tree. */
function commits(flags: Flags): boolean {
  return hasFlag(flags, "commit") && !hasFlag(flags, "dryRun");
}

/** The commit that was made, or what a dry run would change, for the result. */
export function describeUpdate(update: Update<unknown>): Record<string, unknown> {
  return {
    ...(update.kind === "committed" ? { commit: update.head.commit } : {}),
    ...(update.kind === "planned" ? { dry_run: true, would_change: update.files } : {}),
  };
}

async function committing(
  store: LogStore,
  parts: { root: string; clock: Clock; pathIn: (session: string, file: string) => string },
): Promise<LogStore> {
  const { createLocalGit } = await import("../../adapters/git/local.ts");
  const git = createLocalGit({ cwd: parts.root, env: process.env, clock: parts.clock });
  return createCommittingStore(store, git, parts.pathIn);
}

/** The flag, else the nearest `experiments` on the way up to the repository's root, else one to be made here. */
function findExperimentsDir(cwd: string, given: string | undefined): string {
  if (given !== undefined) return resolve(cwd, given);
  const root = findRepository(cwd) ?? cwd;
  for (let folder = cwd; ; folder = dirname(folder)) {
    const candidate = join(folder, "experiments");
    if (existsSync(candidate)) return candidate;
    if (folder === root || folder === dirname(folder)) return join(root, "experiments");
  }
}

/** `--log-path` and `--output-path`; what belongs to a log stands beside it. */
function explicitPaths(cwd: string, flags: Flags): ReadonlyMap<string, string> {
  const log = textFlag(flags, "logPath");
  const report = textFlag(flags, "outputPath");
  const paths = new Map<string, string>();
  if (log !== undefined) {
    const path = resolve(cwd, log);
    for (const file of Object.values(SESSION_FILES)) paths.set(file, join(dirname(path), file));
    paths.set(SESSION_FILES.log, join(dirname(path), basename(path)));
  }
  if (report !== undefined) {
    const path = resolve(cwd, report);
    refuseOverwriting(path, paths);
    paths.set(SESSION_FILES.report, path);
  }
  return paths;
}

/** A report that is written over a log or another file of a session, whichever session's, would be the end of it. */
function refuseOverwriting(report: string, paths: ReadonlyMap<string, string>): void {
  const others = Object.values(SESSION_FILES).filter((file) => file !== SESSION_FILES.report);
  const isTaken = others.some((file) => basename(report) === file || paths.get(file) === report);
  if (!isTaken) return;
  throw new InputError(
    `--output-path is ${quoteUntrusted(report)}, which a session keeps for another file than its report`,
    {
      remedy: "Name another file, or leave --output-path out: the report then goes beside the log.",
    },
  );
}

import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { parse } from "yaml";
import type { RepoHandle } from "./github/seed.ts";
import { ACTIONS_TOKEN, type LoopbackGitHub } from "./github/server.ts";
import { parseFileCommands, readText, type StepFiles, writeStepFiles } from "./runner-files.ts";

export { commentEvent, event, issueEvent, repositoryOf } from "./events.ts";
export { workflowCommands } from "./workflow-commands.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The node that runs the bundles; `.ci/run` sets another one, so that they are tested on what the Action runs on. */
const TEST_NODE = process.env["EXPERIMENT_MONITOR_TEST_NODE"] || process.execPath;

/** What a finished process left behind. */
export type ProcessResult = {
  exitCode: number | undefined;
  signal: string | undefined;
  stdout: string;
  stderr: string;
  durationMs: number;
};

export type ActionResult = ProcessResult & {
  /** GITHUB_OUTPUT, parsed. */
  outputs: Record<string, string>;
  /** GITHUB_STEP_SUMMARY as written. */
  summary: string;
};

export type ActionRun = {
  github: LoopbackGitHub;
  repo: RepoHandle;
  inputs?: Readonly<Record<string, string>>;
  event: unknown;
  eventName: string;
  /** GITHUB_WORKSPACE and working directory; default: an empty folder, as without a checkout. */
  workspace?: string;
  /** The token behind `github.token`; default: the Actions bot's. */
  token?: string;
  /** Laid over the runner's environment; undefined removes a variable. */
  env?: Readonly<Record<string, string | undefined>>;
  /** The node that runs the bundle; default: EXPERIMENT_MONITOR_TEST_NODE, else this one. */
  node?: string;
  /** The bundle; default: dist/action.cjs. */
  entry?: string;
  /** The action's metadata; default: action.yml. */
  metadata?: string;
  timeoutMs?: number;
  /** Ends the run by SIGKILL when it is aborted. */
  kill?: AbortSignal;
};

type ActionFile = { inputs?: Record<string, { default?: unknown } | null> };

/** PATH without this project's own programs. */
function foreignPath(): string {
  const entries = (process.env["PATH"] ?? "").split(delimiter);
  return entries.filter((entry) => !entry.includes("node_modules")).join(delimiter);
}

/** `INPUT_*` as the runner sets them: every declared input, upper case, spaces to `_`, dashes kept. */
async function inputVariables(run: ActionRun): Promise<Record<string, string>> {
  const { inputs = {}, token = ACTIONS_TOKEN, metadata = join(ROOT, "action.yml") } = run;
  const action: ActionFile = parse(await readText(metadata));
  const declared = action.inputs ?? {};
  const unknown = Object.keys(inputs).filter((name) => !(name in declared));
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(", ")}`);
  const variables: Record<string, string> = {};
  for (const [name, definition] of Object.entries(declared)) {
    const fallback = String(definition?.default ?? "");
    const value = inputs[name] ?? fallback.replace(/\$\{\{\s*github\.token\s*\}\}/g, token);
    variables[`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`] = value;
  }
  return variables;
}

type PullEvent = {
  pull_request?: { number: number; head: { ref: string }; base: { ref: string } };
  sender?: { login?: string };
};

function refVariables(run: ActionRun): Record<string, string> {
  const { pull_request: pull } = (run.event ?? {}) as PullEvent;
  if (pull && run.eventName.startsWith("pull_request")) {
    const isTarget = run.eventName === "pull_request_target";
    return {
      GITHUB_REF: isTarget ? `refs/heads/${pull.base.ref}` : `refs/pull/${pull.number}/merge`,
      GITHUB_REF_NAME: isTarget ? pull.base.ref : `${pull.number}/merge`,
      GITHUB_HEAD_REF: pull.head.ref,
      GITHUB_BASE_REF: pull.base.ref,
    };
  }
  const branch = run.repo.defaultBranch;
  return {
    GITHUB_REF: `refs/heads/${branch}`,
    GITHUB_REF_NAME: branch,
    GITHUB_HEAD_REF: "",
    GITHUB_BASE_REF: "",
  };
}

/** The variables a runner gives a step, and nothing of ours. */
async function runnerEnvironment(
  run: ActionRun,
  places: { temp: string; home: string; workspace: string; files: StepFiles },
): Promise<Record<string, string>> {
  const { github, repo } = run;
  const actor = ((run.event ?? {}) as PullEvent).sender?.login ?? repo.owner;
  const sha = (await repo.head()) ?? "0".repeat(40);
  return {
    PATH: foreignPath(),
    HOME: places.home,
    LANG: "C.UTF-8",
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTION: "__self",
    GITHUB_ACTOR: actor,
    GITHUB_ACTOR_ID: "583231",
    GITHUB_TRIGGERING_ACTOR: actor,
    GITHUB_API_URL: github.url,
    GITHUB_GRAPHQL_URL: github.graphqlUrl,
    GITHUB_SERVER_URL: github.url,
    GITHUB_REPOSITORY: repo.fullName,
    GITHUB_REPOSITORY_ID: String(repo.id),
    GITHUB_REPOSITORY_OWNER: repo.owner,
    GITHUB_EVENT_NAME: run.eventName,
    GITHUB_WORKSPACE: places.workspace,
    GITHUB_SHA: sha,
    GITHUB_REF_TYPE: "branch",
    GITHUB_REF_PROTECTED: "false",
    ...refVariables(run),
    GITHUB_RUN_ID: "9000000001",
    GITHUB_RUN_NUMBER: "1",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_RETENTION_DAYS: "90",
    GITHUB_WORKFLOW: "Experiment Monitor",
    GITHUB_WORKFLOW_REF: `${repo.fullName}/.github/workflows/monitor.yml@refs/heads/${repo.defaultBranch}`,
    GITHUB_WORKFLOW_SHA: sha,
    GITHUB_JOB: "monitor",
    RUNNER_ARCH: "X64",
    RUNNER_ENVIRONMENT: "github-hosted",
    RUNNER_NAME: "GitHub Actions 1",
    RUNNER_OS: "Linux",
    RUNNER_TEMP: places.temp,
    RUNNER_TOOL_CACHE: join(places.home, "_tool"),
    ...places.files,
    ...(await inputVariables(run)),
  };
}

type Launch = {
  node?: string | undefined;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  stdin?: string | undefined;
  timeoutMs?: number | undefined;
  kill?: AbortSignal | undefined;
};

async function launch(options: Launch): Promise<ProcessResult> {
  const { node, args, cwd, env, stdin, timeoutMs, kill } = options;
  const started = performance.now();
  const result = await execa(node ?? TEST_NODE, args, {
    cwd,
    env,
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
    timeout: timeoutMs ?? 60_000,
    input: stdin ?? "",
    ...(kill === undefined ? {} : { cancelSignal: kill, killSignal: "SIGKILL" as const }),
  });
  const { exitCode, signal, stdout, stderr } = result;
  return { exitCode, signal, stdout, stderr, durationMs: performance.now() - started };
}

/** Runs the action's bundle as a runner does: its own process, a runner's environment. */
export async function runAction(run: ActionRun): Promise<ActionResult> {
  const base = await mkdtemp(join(tmpdir(), "runner-"));
  try {
    const [temp, home] = [join(base, "temp"), join(base, "home")];
    const workspace = run.workspace ?? join(base, "work");
    for (const folder of [temp, home, workspace]) await mkdir(folder, { recursive: true });
    const files = await writeStepFiles(temp, run.event);
    const env = await runnerEnvironment(run, { temp, home, workspace, files });
    const result = await launch({
      node: run.node,
      args: [run.entry ?? join(ROOT, "dist/action.cjs")],
      cwd: workspace,
      env: { ...env, ...run.env },
      timeoutMs: run.timeoutMs,
      kill: run.kill,
    });
    const outputs = parseFileCommands(await readText(files.GITHUB_OUTPUT));
    return { ...result, outputs, summary: await readText(files.GITHUB_STEP_SUMMARY) };
  } finally {
    await rm(base, { recursive: true, force: true });
  }
}

export type CliOptions = {
  cwd: string;
  env?: Readonly<Record<string, string>>;
  stdin?: string;
  node?: string;
  entry?: string;
  timeoutMs?: number;
};

/** Runs the command line's bundle with PATH, HOME and what the test gives. */
export function runCli(args: readonly string[], options: CliOptions): Promise<ProcessResult> {
  return launch({
    node: options.node,
    args: [options.entry ?? join(ROOT, "dist/cli.cjs"), ...args],
    cwd: options.cwd,
    env: { PATH: foreignPath(), HOME: options.cwd, LANG: "C.UTF-8", ...options.env },
    stdin: options.stdin,
    timeoutMs: options.timeoutMs,
  });
}

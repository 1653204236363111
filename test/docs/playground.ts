import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { ROOT } from "./pages.ts";

/** A git repository, or a copy of this project, in which the commands of a page are run. */
export interface Playground {
  /** Runs a script with bash; stdout and stderr come together, as in a terminal. */
  run(script: string): Promise<{ readonly exitCode: number | undefined; readonly output: string }>;
  close(): Promise<void>;
}

/** What a copy of this project needs to run its scripts. */
const PROJECT = [
  ...["action.yml", "package.json", "README.md", "schema", "scripts", "src", "dist", "docs"],
  ...["examples", "test/fixtures/xax"],
];

/**
 * A fresh repository with one commit. It holds `queue_status.json`, a genuine answer of
 * `xax queue status --json`. On PATH are `experiment-monitor`, which is the bundle, and `xax`, which
 * answers with genuine samples.
 */
export function createRepositoryPlayground(): Promise<Playground> {
  return create(async (folder) => {
    await cp(join(ROOT, "test/fixtures/xax/status-running.json"), join(folder, QUEUE_STATUS));
    return "git init --quiet && git symbolic-ref HEAD refs/heads/main && git add . && git commit --quiet -m 'First commit'";
  });
}

/** A copy of this project; `npm` there only checks that it was asked for something that exists. */
export function createProjectPlayground(): Promise<Playground> {
  return create(async (folder) => {
    for (const path of PROJECT) await cp(join(ROOT, path), join(folder, path), { recursive: true });
    await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
    return "true";
  });
}

const QUEUE_STATUS = "queue_status.json";

async function create(fill: (folder: string) => Promise<string>): Promise<Playground> {
  const base = await mkdtemp(join(tmpdir(), "docs-"));
  const [folder, bin, home] = [join(base, "repository"), join(base, "bin"), join(base, "home")];
  for (const path of [folder, bin, home]) await mkdir(path, { recursive: true });
  for (const [name, text] of Object.entries(PROGRAMS)) await writeProgram(join(bin, name), text);
  const env = buildEnvironment(bin, home);
  const run = async (script: string) => {
    const options = { cwd: folder, env, extendEnv: false, reject: false } as const;
    const { exitCode, stdout } = await execa("bash", ["-c", `exec 2>&1\n${script}`], options);
    return { exitCode, output: stdout };
  };
  const { exitCode, output } = await run(await fill(folder));
  if (exitCode !== 0) throw new Error(`The playground could not be prepared: ${output}`);
  return { run, close: () => rm(base, { recursive: true, force: true }) };
}

const NODE = process.env["EXPERIMENT_MONITOR_TEST_NODE"] || process.execPath;

const PROGRAMS: Readonly<Record<string, string>> = {
  "experiment-monitor": `exec "${NODE}" "${ROOT}dist/cli.cjs" "$@"`,
  xax: `case "$1 $2" in
  "queue status") cat "${ROOT}test/fixtures/xax/status-running.json" ;;
  "queue metrics") cat "${ROOT}test/fixtures/xax/metrics-job-0000001.json" ;;
  *) echo "unknown command" >&2; exit 2 ;;
esac`,
  npm: `case "$1" in
  ci | cit | install | install-test | it) exit 0 ;;
  test) set -- run test ;;
esac
test "$1" = run && grep -q "^    \\"$2\\": " "${ROOT}package.json" && exit 0
echo "npm $*: there is no such script in package.json" >&2
exit 1`,
};

async function writeProgram(path: string, text: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
}

function buildEnvironment(bin: string, home: string): Record<string, string> {
  const path = [bin, ...(process.env["PATH"] ?? "").split(delimiter)];
  return {
    PATH: path.filter((entry) => !entry.includes("node_modules")).join(delimiter),
    HOME: home,
    TMPDIR: home,
    LANG: "C.UTF-8",
    TZ: "UTC",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "Ann",
    GIT_AUTHOR_EMAIL: "ann@example.org",
    GIT_COMMITTER_NAME: "Ann",
    GIT_COMMITTER_EMAIL: "ann@example.org",
  };
}

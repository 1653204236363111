import { access, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { createLauncher } from "../../../src/adapters/launch/launcher.ts";
import { buildArgv } from "../../../src/core/launch/build-argv.ts";
import { PAYLOADS } from "../../core/report/hostile-payloads.ts";

const DUMP = join(import.meta.dirname, "argv-dump.mjs");
const TOKEN = "ghs_canarycanarycanarycanarycanarycana00";

/** What a runner gives a step, secrets included. */
const RUNNER = {
  PATH: process.env["PATH"],
  HOME: "/home/runner",
  GITHUB_TOKEN: TOKEN,
  GH_TOKEN: TOKEN,
  INPUT_TOKEN: TOKEN,
  ACTIONS_RUNTIME_TOKEN: TOKEN,
  ACTIONS_ID_TOKEN_REQUEST_URL: "https://token.example",
  GITHUB_OUTPUT: "/tmp/output",
  SLURM_JWT: TOKEN,
  AWS_SECRET_ACCESS_KEY: TOKEN,
  NODE_OPTIONS: "--throw-deprecation",
  EXPERIMENT_MONITOR_OP_ID: "forged",
};

async function tempFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "monitor-launch-")));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function launcherIn(cwd: string, timeoutMs = 60_000) {
  const redact = (text: string) => text.replaceAll("hunter2222", "[redacted]");
  return createLauncher({ cwd, env: RUNNER, redact, timeoutMs });
}

const request = (argv: readonly string[]) => ({
  argv,
  operationId: "aaaaaaaaaaaaaaaaaaaa",
  experimentId: "exp-1",
});
const script = (text: string) => request([process.execPath, "-e", text]);

const ODD = [
  ...["$(id)", "`id`", ";id", "a;id", "|id", "&& id", "-rf", "--help", "--", "%0a", "'", '"'],
  ...["{{7*7}}", "{args...}", "{op_id}", "*", "~", "~root", "!!", "$HOME", "${IFS}", "\\", "\\\\"],
  ...["\n", "a\nb", "\r\n", "\t", "\0", "🚀", "\u202eabc", "\u200b", "שלום", "é", "e\u0301"],
  ...[
    "x".repeat(4000),
    "x".repeat(4097),
    "../../etc/passwd",
    "/etc/passwd",
    "",
    " ",
    "=",
    "--lr=1",
  ],
];

describe("the argv of a launch", () => {
  test("is exactly what the proposal says in quotes, or the proposal is refused", async () => {
    const cwd = await tempFolder();
    const file = join(cwd, "dump.json");
    const template = [process.execPath, DUMP, file, "--launcher", "queued", "{args...}"];
    const payloads = [...ODD, ...PAYLOADS];
    expect(payloads.length).toBeGreaterThan(300);
    let started = 0;
    const work = payloads.map((payload, at) => async () => {
      const built = buildArgv({
        launch: { command: template.with(2, `${file}-${at}`), allow: ["--x=*"] },
        experimentId: "exp-1",
        operationId: "op",
        command: `'--x=${payload}'`,
        configPath: "",
      });
      const isHeld = /['\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(
        payload,
      );
      const isLong = payload.length > 4090;
      // A glob's `*` takes no folder `..` for a part of a path.
      const isUpwards = /\/\.{1,2}(?:\/|$)/.test(payload);
      // What redaction has put for a path of somebody's home, or for a secret.
      const isRedacted = /(?:^|[=:,])~(?:$|[/\\=:,])|\[redacted\]/.test(payload);
      const isRefused = isHeld || isLong || isUpwards || isRedacted;
      expect(built.kind, JSON.stringify(payload)).toBe(isRefused ? "refused" : "argv");
      if (built.kind === "refused") return;
      started += 1;
      expect(await launcherIn(cwd).launch(request(built.argv))).toMatchObject({ kind: "ended" });
      const { args } = JSON.parse(await readFile(`${file}-${at}`, "utf8"));
      expect(args).toEqual(["--launcher", "queued", `--x=${payload}`]);
    });
    for (let at = 0; at < work.length; at += 4) {
      await Promise.all(work.slice(at, at + 4).map((one) => one()));
    }
    expect(started).toBeGreaterThan(200);
  }, 120_000);

  test("never holds an unquoted payload that is not allowed as it stands", () => {
    const wrong = [...ODD, ...PAYLOADS].flatMap((payload) => {
      const built = buildArgv({
        launch: { command: ["train", "{args...}"], allow: ["--lr=[0-9]*"] },
        experimentId: "exp-1",
        operationId: "op",
        command: payload,
        configPath: "",
      });
      const extra = built.kind === "argv" ? built.argv.slice(1) : [];
      return extra.filter((argument) => !/^--lr=\d/.test(argument));
    });
    expect(wrong).toEqual([]);
  });
});

describe("a launched program", () => {
  test("sees no token and no input, but its operation and experiment", async () => {
    const cwd = await tempFolder();
    const attempt = await launcherIn(cwd).launch(
      request([process.execPath, DUMP, join(cwd, "dump.json")]),
    );
    expect(attempt).toMatchObject({
      kind: "ended",
      output: expect.stringContaining("Queued job-0000012 (dump)"),
    });
    const dump = await readFile(join(cwd, "dump.json"), "utf8");
    expect(dump).not.toContain(TOKEN);
    const { env, cwd: folder } = JSON.parse(dump);
    expect(folder).toBe(cwd);
    expect(Object.keys(env).sort()).toEqual([
      "EXPERIMENT_MONITOR_EXPERIMENT_ID",
      "EXPERIMENT_MONITOR_OP_ID",
      "HOME",
      "PATH",
    ]);
    expect(env).toMatchObject({
      EXPERIMENT_MONITOR_OP_ID: "aaaaaaaaaaaaaaaaaaaa",
      EXPERIMENT_MONITOR_EXPERIMENT_ID: "exp-1",
    });
  });

  test("may name its job on stderr, where loggers print", async () => {
    const attempt = await launcherIn(await tempFolder()).launch(
      script('console.error("Queued job-0000012 (x)")'),
    );
    expect(attempt).toEqual({ kind: "ended", output: "\nQueued job-0000012 (x)\n" });
  });

  test("that there is none of was not started", async () => {
    const cwd = await tempFolder();
    const launcher = launcherIn(cwd);
    expect(await launcher.launch(request(["no-such-program-at-all"]))).toEqual({
      kind: "not-started",
      reason:
        'The command "no-such-program-at-all" cannot be run: there is no such program on PATH.',
    });
    await writeFile(join(cwd, "plain"), "no program");
    expect(await launcher.launch(request([join(cwd, "plain")]))).toMatchObject({
      kind: "not-started",
      reason: expect.stringContaining("the file is not executable"),
    });
  });

  test("that fails says its last line, without secrets, on one line", async () => {
    const attempt = await launcherIn(await tempFolder()).launch(
      script('console.error("first\\nno observer, hunter2222 ::error::x"); process.exit(3)'),
    );
    expect(attempt).toMatchObject({ kind: "failed" });
    expect(attempt).toMatchObject({
      reason: expect.stringMatching(
        /failed with exit code 3: no observer, \[redacted\] ::error::x$/,
      ),
    });
    const silent = await launcherIn(await tempFolder()).launch(script("process.exit(1)"));
    expect(silent).toMatchObject({
      reason: expect.stringMatching(/exit code 1 and said nothing\.$/),
    });
  });

  test("that is ended, or takes too long, leaves it unclear", async () => {
    const cwd = await tempFolder();
    const killed = await launcherIn(cwd).launch(script('process.kill(process.pid, "SIGKILL")'));
    expect(killed).toMatchObject({ kind: "unclear", reason: expect.stringContaining("SIGKILL") });
    const late = await launcherIn(cwd, 300).launch(script("setTimeout(() => {}, 60000)"));
    expect(late).toMatchObject({
      kind: "unclear",
      reason: expect.stringContaining("no answer within 0.3 seconds"),
    });
  });

  test("that ends well may leave its job running, even with its output in hand", async () => {
    const cwd = await tempFolder();
    const job = `setTimeout(() => require("fs").writeFileSync("done", ""), 2500)`;
    const attempt = await launcherIn(cwd).launch(
      script(
        `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(job)}], {stdio: "inherit"}).unref(); console.log("submitted")`,
      ),
    );
    expect(attempt).toMatchObject({ kind: "ended", output: expect.stringContaining("submitted") });
    await sleep(3000);
    await expect(access(join(cwd, "done"))).resolves.toBeUndefined();
  }, 20_000);

  test("that cancels is told no operation", async () => {
    const cwd = await tempFolder();
    const file = join(cwd, "dump.json");
    expect(await launcherIn(cwd).cancel([process.execPath, DUMP, file, "job-1"])).toMatchObject({
      kind: "ended",
    });
    const { env, args } = JSON.parse(await readFile(file, "utf8"));
    expect(args).toEqual(["job-1"]);
    expect(Object.keys(env).sort()).toEqual(["HOME", "PATH"]);
  });
});

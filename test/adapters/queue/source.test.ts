import { chmod, mkdir, mkdtemp, realpath, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { readRegularFile } from "../../../src/adapters/files/read-file.ts";
import { createQueueSource, type QueueSourceOptions } from "../../../src/adapters/queue/source.ts";
import { InputError } from "../../../src/core/errors.ts";

async function tempFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "monitor-queue-")));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function sourceIn(cwd: string, overrides: Partial<QueueSourceOptions> = {}) {
  return createQueueSource({
    cwd,
    env: process.env,
    redact: (text) => text.replaceAll("hunter2222", "[redacted]"),
    clock: { now: () => "2026-01-02T03:04:05Z" },
    readFile: readRegularFile,
    ...overrides,
  });
}

/** A queue program made of JavaScript, since no shell may be involved. */
const program = (script: string) => ({
  kind: "command" as const,
  argv: [process.execPath, "-e", script],
});

async function refusalOf(reading: Promise<unknown>): Promise<InputError> {
  const error = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

describe("a status file", () => {
  test("is read with its age, relative to the working folder or absolute", async () => {
    const cwd = await tempFolder();
    await writeFile(join(cwd, "status.json"), '{"jobs": "größe"}');
    const written = Date.UTC(2026, 0, 2, 3, 0, 0) / 1000;
    await utimes(join(cwd, "status.json"), written, written);
    for (const path of ["status.json", join(cwd, "status.json")]) {
      expect(await sourceIn(cwd).readStatus({ kind: "file", path })).toEqual({
        text: '{"jobs": "größe"}',
        source: path,
        ageSeconds: 245,
      });
    }
  });

  test("from the future is 0 seconds old", async () => {
    const cwd = await tempFolder();
    await writeFile(join(cwd, "s.json"), "{}");
    await utimes(join(cwd, "s.json"), 4_000_000_000, 4_000_000_000);
    expect(await sourceIn(cwd).readStatus({ kind: "file", path: "s.json" })).toMatchObject({
      ageSeconds: 0,
    });
  });

  test("that is absent, no file, too large or no text is a sentence", async () => {
    const cwd = await tempFolder();
    const read = (path: string) =>
      refusalOf(sourceIn(cwd, { maxBytes: 100 }).readStatus({ kind: "file", path }));
    expect((await read("none.json")).message).toBe('The queue status "none.json" does not exist.');
    expect((await read("none.json")).remedy).toContain("input queue-status");
    await mkdir(join(cwd, "folder"));
    expect((await read("folder")).message).toContain('"folder" is not a regular file');
    await writeFile(join(cwd, "big.json"), "x".repeat(101));
    expect((await read("big.json")).message).toContain("is larger than");
    await writeFile(join(cwd, "bytes.json"), new Uint8Array([0xff, 0xfe, 0x00]));
    expect((await read("bytes.json")).message).toContain("is not UTF-8 text");
  });
});

describe("a status command", () => {
  test("gives exactly what it prints", async () => {
    const { text, source } = await sourceIn(await tempFolder()).readStatus(
      program('process.stdout.write("\\ufeff{\\"a\\": 1}\\n\\n")'),
    );
    expect(text).toBe('{"a": 1}\n\n');
    expect(source).toContain("-e");
  });

  test("gets its arguments as they are; no shell sees them", async () => {
    const hostile = [
      "$(id)",
      "`id`",
      "; id",
      "a b",
      '"',
      "'",
      "*",
      "~",
      "--help",
      "%PATH%",
      "\n",
      "🚀",
      "",
    ];
    const argv = [
      process.execPath,
      "-e",
      "console.log(JSON.stringify(process.argv.slice(1)))",
      "--",
    ];
    const { text } = await sourceIn(await tempFolder()).readMetrics([...argv, ...hostile]);
    expect(JSON.parse(text)).toEqual(hostile);
  });

  test("is found on PATH and runs in the working folder", async () => {
    const cwd = await tempFolder();
    await mkdir(join(cwd, "bin"));
    await writeFile(
      join(cwd, "bin", "myqueue"),
      `#!${process.execPath}\nconsole.log(process.cwd())`,
    );
    await chmod(join(cwd, "bin", "myqueue"), 0o755);
    const env = { ...process.env, PATH: [join(cwd, "bin"), process.env["PATH"]].join(delimiter) };
    const { text } = await sourceIn(cwd, { env }).readStatus({
      kind: "command",
      argv: ["myqueue"],
    });
    expect(text).toBe(`${cwd}\n`);
  });

  test("sees no token, no input and no secret of the run", async () => {
    const env = {
      PATH: process.env["PATH"],
      HOME: "/home/ann",
      LC_ALL: "C",
      SLURM_CONF: "/etc/slurm.conf",
      SLURM_JWT: "canary",
      XAX_API_KEY: "canary",
      GITHUB_TOKEN: "canary",
      GH_TOKEN: "canary",
      INPUT_TOKEN: "canary",
      "INPUT_QUEUE-STATUS": "canary",
      ACTIONS_RUNTIME_TOKEN: "canary",
      ACTIONS_ID_TOKEN_REQUEST_URL: "canary",
      GITHUB_ENV: "canary",
      GITHUB_OUTPUT: "canary",
      AWS_SECRET_ACCESS_KEY: "canary",
      NODE_OPTIONS: "--no-warnings",
      LD_PRELOAD: "canary",
    };
    const { text } = await sourceIn(await tempFolder(), { env }).readStatus(
      program("console.log(JSON.stringify(process.env))"),
    );
    expect(JSON.parse(text)).toEqual({
      PATH: process.env["PATH"],
      HOME: "/home/ann",
      LC_ALL: "C",
      SLURM_CONF: "/etc/slurm.conf",
    });
  });

  test("that waits for input gets the end of it at once", async () => {
    const { text } = await sourceIn(await tempFolder()).readStatus(
      program('process.stdin.on("end", () => console.log("end")).resume()'),
    );
    expect(text).toBe("end\n");
  });

  test("that is not on PATH is a sentence that names the input", async () => {
    const cwd = await tempFolder();
    const error = await refusalOf(
      sourceIn(cwd).readStatus({ kind: "command", argv: ["no-such-queue", "status"] }),
    );
    expect(error.message).toBe(
      'The command "no-such-queue status" cannot be run: there is no such program on PATH.',
    );
    expect(error.remedy).toContain('"no-such-queue"');
    expect(error.remedy).toContain("input queue-command or queue.status in session.yml");
    const metrics = await refusalOf(sourceIn(cwd).readMetrics(["no-such-queue"]));
    expect(metrics.remedy).toContain("input metrics-command or queue.metrics");
  });

  test("that is not executable is a sentence", async () => {
    const cwd = await tempFolder();
    await writeFile(join(cwd, "queue"), "");
    const error = await refusalOf(
      sourceIn(cwd).readStatus({ kind: "command", argv: [join(cwd, "queue")] }),
    );
    expect(error.message).toContain("the file is not executable");
  });

  test("that fails shows the end of what it said, redacted and unable to command the runner", async () => {
    const script = `
      for (let at = 0; at < 50; at += 1) console.error("line " + at);
      console.error("::error::no");
      console.error("  ##[add-mask]x");
      console.error("password hunter2222");
      console.error("x".repeat(5000));
      process.exit(3);`;
    const { message } = await refusalOf(sourceIn(await tempFolder()).readStatus(program(script)));
    const [first, ...said] = message.split("\n");
    expect(first).toMatch(/^The command ".*"…? failed with exit code 3:$/);
    expect(said).toEqual([
      "line 49",
      "\\u003a:error::no",
      "  #\\u0023[add-mask]x",
      "password [redacted]",
      "x".repeat(300),
    ]);
  });

  test("may print any amount to stderr; only the end of it is kept", async () => {
    const script = `
      process.stderr.write("x".repeat(3_000_000) + "\\nthe end\\n");
      console.log("{}");
      process.exitCode = 0;`;
    const source = sourceIn(await tempFolder(), { maxBytes: 1_000_000 });
    expect(await source.readStatus(program(script))).toMatchObject({ text: "{}\n" });
    const { message } = await refusalOf(
      source.readStatus(program(script.replace("exitCode = 0", "exitCode = 7"))),
    );
    expect(message).toMatch(/failed with exit code 7:\nx{300}\nthe end$/);
  });

  test("that fails silently, with output or without, is a failure", async () => {
    for (const script of ["process.exit(1)", "console.log('{}'); process.exitCode = 1"]) {
      const { message } = await refusalOf(sourceIn(await tempFolder()).readStatus(program(script)));
      expect(message).toMatch(/failed with exit code 1 and said nothing\.$/);
    }
  });

  test("that is killed says by what", async () => {
    const { message } = await refusalOf(
      sourceIn(await tempFolder()).readStatus(program('process.kill(process.pid, "SIGSEGV")')),
    );
    expect(message).toContain("was ended by SIGSEGV");
  });

  test("that takes too long is ended, with the processes it has started", async () => {
    const script = `
      process.on("SIGTERM", () => {});
      require("node:child_process").spawn("sleep", ["30"], { stdio: "inherit" });
      setInterval(() => {}, 1000);`;
    const started = performance.now();
    const { message } = await refusalOf(
      sourceIn(await tempFolder(), { timeoutMs: 300 }).readStatus(program(script)),
    );
    expect(message).toContain("gave no answer within 0.3 seconds");
    expect(performance.now() - started).toBeLessThan(8000);
  });

  test("that has answered and left a child holding its output does not block the run", async () => {
    const script = `
      require("node:child_process").spawn("sleep", ["30"], { stdio: "inherit", detached: true }).unref();
      console.log("{}");`;
    const started = performance.now();
    const reading = sourceIn(await tempFolder(), { timeoutMs: 1000 }).readStatus(program(script));
    expect(await reading).toMatchObject({ text: "{}\n" });
    expect(performance.now() - started).toBeLessThan(8000);
  });

  test("that prints too much is ended", async () => {
    const script =
      'const out = "x".repeat(65536); const more = () => process.stdout.write(out, more); more();';
    const { message } = await refusalOf(
      sourceIn(await tempFolder(), { maxBytes: 1_000_000 }).readStatus(program(script)),
    );
    expect(message).toContain("printed more than 1 MB");
  });

  test("that prints no text is a sentence", async () => {
    const { message } = await refusalOf(
      sourceIn(await tempFolder()).readStatus(program("process.stdout.write(Buffer.from([255]))")),
    );
    expect(message).toContain("is not UTF-8 text");
  });
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildProgram } from "../../support/build-program.ts";
import { parseFileCommands } from "../../support/runner-files.ts";
import { workflowCommands } from "../../support/workflow-commands.ts";

let program: string;

beforeAll(async () => {
  program = await buildProgram(join(import.meta.dirname, "report-calls.ts"));
});

type Call = readonly [string, ...string[]];

function reported(calls: readonly Call[], env: Record<string, string | undefined> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "monitor-reporter-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [output, summary] = [join(folder, "output"), join(folder, "summary")];
  writeFileSync(output, "");
  writeFileSync(summary, "");
  const result = spawnSync(process.execPath, [program, JSON.stringify(calls)], {
    env: { PATH: process.env["PATH"], GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, ...env },
    encoding: "utf8",
  });
  expect(result.stderr).toBe("");
  return {
    status: result.status,
    stdout: result.stdout,
    commands: workflowCommands(result.stdout),
    outputs: parseFileCommands(readFileSync(output, "utf8")),
    summary: readFileSync(summary, "utf8"),
  };
}

const HOSTILE =
  "a\n::add-mask::x\n  ::error::y\n##[stop-commands]z\r::debug::w \u001b[31m\u202e %0A::set-output name=a::b";

describe("what the Action prints", () => {
  test("is never obeyed by the runner, whatever it says", () => {
    const { commands, stdout } = reported([["info", HOSTILE]]);
    expect(commands).toEqual([]);
    expect(stdout).not.toMatch(/^\s*::|##\[/m);
    expect(stdout).toContain("\\u202e");
  });

  test("as a warning is one annotation", () => {
    const { commands, status } = reported([["warning", HOSTILE]]);
    expect(commands).toHaveLength(1);
    expect(commands[0]).toMatch(/^::warning::/);
    expect(status).toBe(0);
  });

  test("is redacted in every place", () => {
    const run = reported([
      ["info", "hunter2222"],
      ["warning", "hunter2222"],
      ["output", "result", "hunter2222"],
      ["input", "hunter2222"],
    ]);
    expect(run.stdout).not.toContain("hunter2222");
    expect(run.outputs).toEqual({ result: "[redacted]" });
  });
});

describe("outputs", () => {
  test("hold any text as it is", () => {
    const value = "a\nb<<EOF\nEOF\nc=d\n::error::x";
    expect(reported([["output", "result", value]]).outputs).toEqual({ result: value });
  });
});

describe("the job summary", () => {
  test("holds the markdown of every session", () => {
    expect(
      reported([
        ["summary", "# a"],
        ["summary", "# b"],
      ]).summary,
    ).toBe("# a\n# b\n");
  });

  test("never passes 1 MiB; what does not fit is a warning", () => {
    const run = reported([
      ["summary", "0123456789abcdef", "65535"],
      ["summary", "# too much for the rest"],
      ["summary", "# fits"],
    ]);
    expect(run.summary.length).toBeLessThanOrEqual(1024 * 1024);
    expect(run.summary.endsWith("\n# fits\n")).toBe(true);
    expect(run.commands).toHaveLength(1);
    expect(run.stdout).toContain("limit of 1 MiB");
    expect(run.status).toBe(0);
  });

  test("that a runner does not offer is a warning, no failure", () => {
    const run = reported([["summary", "# a"]], { GITHUB_STEP_SUMMARY: "" });
    expect(run.stdout).toContain("could not be written");
    expect(run.status).toBe(0);
  });
});

describe("a failure", () => {
  test("is one annotation with the sentence and what to do, and fails the step", () => {
    const { commands, status, stdout } = reported([["input", "Input mode is wrong."]]);
    expect(status).toBe(1);
    expect(commands).toHaveLength(1);
    expect(stdout).toContain("::error::Input mode is wrong.%0ADo this.");
  });

  test("of the log points at its line and column", () => {
    const { stdout, status } = reported([["log", "a quote is not closed"]]);
    expect(stdout).toMatch(/^::error file=experiments\/lr\/experiment_log\.csv,line=3,col=5::/);
    expect(stdout).toContain("experiment_log.csv:3:5: a quote is not closed");
    expect(status).toBe(1);
  });

  test("that follows another is printed, but the step has failed only once", () => {
    const { commands, stdout } = reported([
      ["input", "first"],
      ["bug", "second"],
    ]);
    expect(commands).toHaveLength(1);
    expect(stdout).toContain("second");
  });

  test("that nobody expected says so, and shows where only when debugging", () => {
    const plain = reported([["bug", "x is undefined"]]);
    expect(plain.stdout).toContain("Unexpected failure: x is undefined");
    expect(plain.stdout).not.toContain("report-calls");
    const debugging = reported([["bug", "x is undefined"]], { RUNNER_DEBUG: "1" });
    expect(debugging.stdout).toContain("report-calls");
    expect(debugging.commands).toHaveLength(1);
    expect(reported([["thrown", "text"]]).stdout).toContain("Unexpected failure: text");
  });

  test("cannot smuggle a command", () => {
    for (const kind of ["input", "log", "bug", "thrown"]) {
      expect(reported([[kind, HOSTILE]], { RUNNER_DEBUG: "1" }).commands).toHaveLength(1);
    }
  });
});

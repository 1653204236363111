import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { INPUT_NAMES } from "../../../src/core/config/inputs.ts";
import { parseConfig } from "../../../src/core/config/parse-config.ts";
import { InputError } from "../../../src/core/errors.ts";

const DEFAULTS = {
  mode: "auto",
  experimentsDir: "experiments",
  commit: "auto",
  transport: "auto",
  minPermission: "write",
  launch: false,
  dryRun: false,
};

describe("the configuration", () => {
  test("of a run without inputs is the documented defaults, and no token", () => {
    expect(parseConfig({})).toEqual(DEFAULTS);
  });

  test("takes an empty input for an absent one", () => {
    const blank = Object.fromEntries(INPUT_NAMES.map((name) => [name, " \n"]));
    expect(parseConfig(blank)).toEqual(DEFAULTS);
  });

  test("holds every input", () => {
    expect(
      parseConfig({
        mode: "report",
        session: "lr-sweep",
        "experiments-dir": "./research/experiments/",
        queue: "slurm",
        "queue-status": "status.json",
        "queue-command": "xax queue status --json",
        "metrics-command": "xax queue metrics '{queue_job_id}'",
        "objective-metric": "val/loss",
        "objective-mode": "min",
        "objective-target": "3.0e-1",
        issue: "#12",
        branch: "refs/heads/logs/main",
        commit: "pull-request",
        transport: "git",
        "min-permission": "maintain",
        "command-prefix": "exp",
        launch: "true",
        token: "t0ken",
        "dry-run": "TRUE",
      }),
    ).toEqual({
      mode: "report",
      session: "lr-sweep",
      experimentsDir: "research/experiments",
      queue: "slurm",
      queueStatus: "status.json",
      queueCommand: ["xax", "queue", "status", "--json"],
      metrics: { kind: "command", argv: ["xax", "queue", "metrics", "{queue_job_id}"] },
      objectiveMetric: "val/loss",
      objectiveMode: "min",
      objectiveTarget: 0.3,
      issue: 12,
      branch: "logs/main",
      commit: "pull-request",
      transport: "git",
      minPermission: "maintain",
      commandPrefix: "exp",
      launch: true,
      token: "t0ken",
      dryRun: true,
    });
  });

  test("metrics-command false means that no metrics are asked for", () => {
    expect(parseConfig({ "metrics-command": "false" }).metrics).toEqual({ kind: "none" });
  });

  test.each([
    [
      "mode",
      "synch",
      'is "synch", expected one of auto, sync, command, review, report (did you mean sync?).',
    ],
    ["mode", "diff", 'is "diff", expected one of auto, sync, command, review, report.'],
    ["session", "../x", 'is "../x", expected a session name such as lr-sweep.'],
    ["experiments-dir", "/etc", 'is "/etc", expected a folder inside the repository'],
    ["experiments-dir", "a/../..", "expected a folder inside the repository"],
    ["experiments-dir", ".", "expected a folder inside the repository"],
    ["experiments-dir", "a//b", "expected a folder inside the repository"],
    ["experiments-dir", ".git/x", "expected a folder inside the repository"],
    ["experiments-dir", "x/.GitHub", "expected a folder inside the repository"],
    ["experiments-dir", "C:\\x", "expected a folder inside the repository"],
    ["queue-command", 'a "b', 'has a " that is never closed, expected a command line.'],
    ["metrics-command", "'x", "has a ' that is never closed, expected a command line."],
    ["objective-metric", "a\nb", 'is "a\\nb", expected a text of one line.'],
    ["objective-mode", "minimum", 'is "minimum", expected one of max, min.'],
    ["objective-target", "0x10", 'is "0x10", expected a number such as 0.3.'],
    ["objective-target", "1e999", "expected a number such as 0.3."],
    ["objective-target", "Infinity", "expected a number such as 0.3."],
    ["issue", "0", 'is "0", expected the number of an issue'],
    ["issue", "12a", "expected the number of an issue"],
    ["branch", "-f", 'is "-f", expected the name of a branch.'],
    ["branch", "a..b", "expected the name of a branch."],
    ["branch", "a b", "expected the name of a branch."],
    ["branch", "a.lock", "expected the name of a branch."],
    ["branch", "a/.b", "expected the name of a branch."],
    ["branch", "a@{1}", "expected the name of a branch."],
    ["commit", "yes", 'is "yes", expected one of auto, push, pull-request, none.'],
    ["transport", "GIT", 'is "GIT", expected one of auto, api, git (did you mean git?).'],
    [
      "min-permission",
      "owner",
      'is "owner", expected one of read, triage, write, maintain, admin.',
    ],
    ["command-prefix", "/exp", 'is "/exp", expected a word of lower-case letters'],
    ["launch", "maybe", 'is "maybe", expected true or false.'],
    ["dry-run", "yes", 'is "yes", expected true or false.'],
  ])("%s: %j is refused with a sentence", (name, value, sentence) => {
    expect(() => parseConfig({ [name]: value })).toThrow(InputError);
    expect(() => parseConfig({ [name]: value })).toThrow(sentence);
    expect(() => parseConfig({ [name]: value })).toThrow(`Input ${name} `);
  });

  test.each([
    ["experiments-dir", "a\\b\\", { experimentsDir: "a/b" }],
    ["experiments-dir", "./a.b/..c", { experimentsDir: "a.b/..c" }],
    ["branch", "refs/heads/x", { branch: "x" }],
    ["branch", "x/refs/heads/y", { branch: "x/refs/heads/y" }],
    ["branch", "v1.2/a@b", { branch: "v1.2/a@b" }],
    ["branch", "@a", { branch: "@a" }],
    ["branch", "a@", { branch: "a@" }],
    ["branch", "a.lock.b", { branch: "a.lock.b" }],
    ["branch", "x".repeat(255), { branch: "x".repeat(255) }],
    ["objective-target", "-12.", { objectiveTarget: -12 }],
    ["objective-target", "+.25", { objectiveTarget: 0.25 }],
    ["objective-target", "12.5e10", { objectiveTarget: 12.5e10 }],
    ["issue", "1234567890", { issue: 1_234_567_890 }],
    ["dry-run", "true", { dryRun: true }],
    ["dry-run", "True", { dryRun: true }],
    ["dry-run", "False", { dryRun: false }],
    ["dry-run", "FALSE", { dryRun: false }],
  ])("%s: %j is read", (name, value, read) => {
    expect(parseConfig({ [name]: value })).toEqual({ ...DEFAULTS, ...read });
  });

  test.each([
    ["experiments-dir", "a:b"],
    ["experiments-dir", "?a"],
    ["experiments-dir", "a/./b"],
    ["branch", "@"],
    ["branch", "a."],
    ["branch", "a/"],
    ["branch", "/a"],
    ["branch", "a//b"],
    ["branch", "a.lock/b"],
    ["branch", "x".repeat(256)],
    ["objective-target", "."],
    ["objective-target", ".x"],
    ["objective-target", "x1"],
    ["objective-target", "1e"],
    ["objective-target", "1e1000"],
    ["issue", "x12"],
    ["issue", "##12"],
    ["issue", "12345678901"],
    ["dry-run", "untrue"],
    ["dry-run", "trueish"],
    ["dry-run", "not false"],
    ["dry-run", "falsely"],
    ["metrics-command", "False x'"],
  ])("%s: %j is refused", (name, value) => {
    expect(() => parseConfig({ [name]: value })).toThrow(`Input ${name} `);
  });

  test("lists every problem at once", () => {
    const attempt = () => parseConfig({ mode: "x", issue: "y", "dry-run": "z" });
    expect(attempt).toThrow(
      [
        'Input mode is "x", expected one of auto, sync, command, review, report.',
        'Input issue is "y", expected the number of an issue or pull request such as 12.',
        'Input dry-run is "z", expected true or false.',
      ].join("\n"),
    );
  });

  test("never shows the token", () => {
    const long = fc.string({ minLength: 12 }).filter((text) => text.trim().length >= 12);
    fc.assert(
      fc.property(long, (token) => {
        const message = refusalOf({ token, mode: "wrong" });
        expect(message).toContain('Input mode is "wrong"');
        expect(message).not.toContain(token.trim());
      }),
    );
  });

  test("refuses any other text with an InputError, never anything else", () => {
    const seen = { read: 0, refused: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...INPUT_NAMES), fc.string({ unit: "binary" }), (name, text) => {
        seen[refusalOf({ [name]: text }) === undefined ? "read" : "refused"] += 1;
      }),
      { numRuns: 5000 },
    );
    expect(seen.read).toBeGreaterThan(500);
    expect(seen.refused).toBeGreaterThan(500);
  });
});

/** What is said of inputs that are refused; `undefined` of those that are read. */
function refusalOf(inputs: Parameters<typeof parseConfig>[0]): string | undefined {
  try {
    parseConfig(inputs);
    return undefined;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.message;
  }
}

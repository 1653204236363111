import { describe, expect, test } from "vitest";
import { createCommandRun } from "../builders/take-comment.ts";

const LOG = "experiment_log.csv";
const ROWS = "experiment_id,status\nra,planned\n";
const SETTINGS = "issue: 1\nredact: { patterns: ['*.internal.example'] }\n";
const TOKEN = "0123456789abcdef0123456789abcdef01234567";
const SIGNS = "p@ss#word*of_ours";

const SECRETS = [
  ["the password of a URL", "https://ann:hunter2secret@host/x", "hunter2secret"],
  ["a word that session.yml hides", "db1.internal.example", "db1.internal"],
  ["a secret of 40 digits", TOKEN, TOKEN],
  ["a secret of signs that are made inert or escaped", SIGNS, SIGNS],
] as const;

function run(rows = ROWS) {
  return createCommandRun(
    { a: { "session.yml": SETTINGS, [LOG]: rows } },
    { secrets: [TOKEN, SIGNS] },
  );
}

describe.each(SECRETS)("%s", (_what, written, secret) => {
  test("is in no reply to what was applied, nor in what is recorded", async () => {
    const { say, shown, texts } = run();
    await say(`/stop see ${written}`);
    expect(shown()).toContain("Reason: see");
    expect(shown()).not.toContain(secret);
    expect(Object.values(texts("a")).join("\n")).not.toContain(secret);
  });

  test.each([
    ["that the log forbids", `/note nope ${written}`],
    ["that is mistyped", `/approve ra "${written}`],
    ["that names an experiment so", `/approve ${written}`],
  ])("is in no refusal of a comment %s, nor in what the run says", async (_why, body) => {
    const { say, shown } = run();
    const result = await say(body);
    expect(result).toMatchObject({ kind: "refused" });
    expect(shown()).toContain("Nothing was applied.");
    expect(shown()).not.toContain(secret);
    expect(JSON.stringify(result)).not.toContain(secret);
  });

  test("is in no report of a log that has it, whole or shortened", async () => {
    const cells = [written, `${"x".repeat(60)} ${written}`, `${"x".repeat(72)} ${written}`];
    const rows = cells.map((cell, at) => `r${at},failed,"${cell}","${cell}"\n`);
    const log = `experiment_id,status,result_summary,next_action\nra,planned,,\n${rows.join("")}`;
    const { say, shown, texts } = run(log);
    await say("/report");
    expect(shown()).toContain("Experiment Monitor Report");
    const half = secret.slice(0, 8);
    for (const text of [shown(), texts("a")["experiment_report.md"] ?? ""]) {
      expect(text.replaceAll("\u2060", "").replaceAll("\\", "")).not.toContain(half);
    }
  });
});

test("the caret of an error points at no place of a line that is not as it was written", async () => {
  const { say, shown } = run();
  await say(`/note nope ${TOKEN}`);
  expect(shown()).toContain("/note nope [redacted]\n");
  expect(shown()).not.toMatch(/^ +\^$/m);
});

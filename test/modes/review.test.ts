import { describe, expect, test } from "vitest";
import { LogError } from "../../src/core/errors.ts";
import { createRedactor } from "../../src/core/text/redact.ts";
import { review } from "../../src/modes/review.ts";
import { buildReviewOutputs } from "../../src/modes/review-outputs.ts";
import type { SessionChange } from "../../src/ports/pull-request-changes.ts";
import { NOW } from "../builders/log.ts";
import { sha256 } from "../builders/modes.ts";
import { createFakeComments } from "../fakes/comments.ts";

const FOLDER = "experiments/mnist";

const filesOf = (texts: Readonly<Record<string, string>>) => ({
  folder: FOLDER,
  files: new Map(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)])),
});

const LOG = `experiment_id,status,objective_metric,objective_mode,objective_value,notes
exp-1,completed,acc,max,0.9,
exp-2,completed,acc,max,0.8,hunter2xx
`;

async function reviewed(change: Partial<SessionChange>) {
  const result = await review(
    {
      changes: {
        readChanges: async () => [
          { session: "mnist", base: filesOf({}), head: filesOf({}), ...change },
        ],
      },
      comments: createFakeComments(),
      clock: { now: () => NOW },
      sha256,
      redact: (text) => text,
      createRedactor: ({ redact }) => createRedactor({ secrets: [], settings: redact }),
    },
    {
      pull: { number: 1, baseSha: "b".repeat(40), headSha: "c".repeat(40) },
      repository: "octo/research",
      linkTo: (path) => `https://github.test/${path}`,
      isDryRun: true,
    },
  );
  const [only] = result.reviews;
  const outputs = buildReviewOutputs(result, (text) => text);
  const { sessions } = JSON.parse(outputs.result ?? "");
  return { findings: only?.findings ?? [], markdown: result.markdown, sessions };
}

test("a new session is shown by its own settings, by which it is judged", async () => {
  const settings = "redact: { patterns: ['hunter*'] }\nobjective: { metric: acc, mode: min }\n";
  const head = filesOf({ "session.yml": settings, "experiment_log.csv": LOG });
  const { markdown } = await reviewed({ head });
  expect(markdown).toContain("exp-2");
  expect(markdown).not.toContain("hunter2xx");
});

test("a session that is there is shown by the settings of the base", async () => {
  const settings = "redact: { patterns: ['hunter*'] }\n";
  const base = filesOf({ "session.yml": settings, "experiment_log.csv": "experiment_id,status\n" });
  const { markdown } = await reviewed({ base, head: filesOf({ "experiment_log.csv": LOG }) });
  expect(markdown).toContain("exp-2");
  expect(markdown).not.toContain("hunter2xx");
});

test("a finding of a record that spans lines has its end in the result, as check tells it", async () => {
  const head = (hypothesis: string) =>
    filesOf({
      "experiment_log.csv": `experiment_id,status,hypothesis,ended_at\nexp-1,completed,"${hypothesis}",2026-01-01T00:00:00Z\n`,
    });
  const { sessions } = await reviewed({ base: head("a"), head: head("b\nc") });
  expect(sessions[0].findings).toMatchObject([
    { code: "hypothesis-late", line: 2, end_line: 3, experiment_id: "exp-1" },
  ]);
});

describe("what is no file that can be read", () => {
  test.each([
    ["experiment_log.csv", "log-unreadable", "experiment_log.csv"],
    ["command_log.csv", "ledger-unreadable", "command_log.csv"],
    ["", "log-unreadable", undefined],
  ])("in the base, in place of %j, may be mended by the change", async (name, code, file) => {
    const path = name === "" ? FOLDER : `main:${FOLDER}/${name}`;
    const unreadableBase = new LogError("is a symlink.", { path, remedy: "Move it away." });
    const head = filesOf({ "experiment_log.csv": LOG });
    const { findings } = await reviewed({ head, unreadableBase });
    expect(findings).toEqual([
      {
        level: "warning",
        code,
        path: file === undefined ? FOLDER : `${FOLDER}/${file}`,
        sentence:
          "the base of the change cannot be read, so that the two cannot be compared; compare them by hand. What is wrong in the base: is a symlink. Move it away.",
      },
    ]);
    const broken = filesOf({ "experiment_log.csv": "experiment_id\na\na\n" });
    const both = await reviewed({ head: broken, unreadableBase });
    expect(both.findings.map(({ level, line }) => [level, line])).toEqual([
      ["error", 3],
      ["warning", undefined],
    ]);
  });

  test.each([
    ["experiment_log.csv", "log-unreadable"],
    ["command_log.csv", "ledger-unreadable"],
    ["session.yml", "settings-invalid"],
    ["", "log-unreadable"],
  ])("in place of %j is a finding at its path, with the remedy", async (name, code) => {
    const path = name === "" ? FOLDER : `${FOLDER}/${name}`;
    const unreadable = new LogError("is a symlink.", { path, remedy: "Move it away." });
    const { findings, markdown } = await reviewed({
      base: filesOf({ "experiment_log.csv": LOG }),
      unreadable,
    });
    expect(findings).toEqual([
      { level: "error", code, path, sentence: "is a symlink. Move it away." },
    ]);
    expect(markdown).toContain("cannot be read");
  });
});

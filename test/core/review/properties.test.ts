import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Command } from "../../../src/core/command/command.ts";
import { STATUSES } from "../../../src/core/log/columns.ts";
import type { Finding } from "../../../src/core/review/review.ts";
import { reviewSession } from "../../../src/core/review/review-session.ts";
import { parseSettings } from "../../../src/core/session/parse-settings.ts";
import { formatInstant, parseInstant } from "../../../src/core/text/time.ts";
import { apply, ending, launchOf, proposal, result, sessionFiles } from "../../builders/apply.ts";
import { NOW } from "../../builders/log.ts";
import { sha256 } from "../../builders/modes.ts";
import { settingsOf, sync, xaxJob, xaxStatus } from "../../builders/xax.ts";
import { BAD_EDITS, LEGAL_EDITS } from "./corpus.ts";
import type { FileBytes } from "./scene.ts";

const SETTINGS = "objective: { metric: loss, mode: min }\n";
const settings = settingsOf({ objective: parseSettings(SETTINGS, "session.yml").objective });

function review(base: FileBytes, head: FileBytes, now = NOW): readonly Finding[] {
  const folder = "experiments/mnist";
  const sides = { base: { folder, files: base }, head: { folder, files: head } };
  return reviewSession({ session: "mnist", ...sides, now, sha256, repositoryId: "42" }).review
    .findings;
}

const errorsOf = (findings: readonly Finding[]) =>
  findings.filter(({ level }) => level === "error");

describe("a session that nobody touched", () => {
  it("has no findings, whatever is wrong with it", () => {
    for (const { base, head } of [...BAD_EDITS, ...LEGAL_EDITS]) {
      for (const files of [base, head]) expect(review(files, new Map(files))).toEqual([]);
    }
  });
});

const START = parseInstant("2026-03-01T00:00:00Z") as number;
const ENDED = ["completed", "failed", "cancelled"] as const;

/** An attempt of a job in minutes: how long it waits and runs, and how it ends, as far as it gets. */
const attempt = fc.record({
  job: fc.constantFrom("job-1", "job-2", "job-3"),
  isRestart: fc.boolean(),
  waits: fc.integer({ min: 1, max: 30 }),
  runs: fc.integer({ min: 1, max: 30 }),
  ends: fc.constantFrom(...ENDED),
  stages: fc.subarray(["queued", "running", "ended"] as const, { minLength: 1 }),
  loss: fc.double({ min: 0.1, max: 9, noNaN: true }),
});
const row = fc.record({
  experiment_id: fc.constantFrom("job-1", "mine", "other"),
  status: fc.constantFrom(...STATUSES),
  queue_job_id: fc.constantFrom("", "job-2"),
  objective_metric: fc.constantFrom("", "loss"),
  started_at: fc.constantFrom("", "2026-02-01T00:00:00Z"),
  updated_at: fc.constantFrom("", "2026-02-01T02:00:00Z"),
});

type Attempt = typeof attempt extends fc.Arbitrary<infer A> ? A : never;

/** The queue's words about an attempt that was submitted at an instant, one after the other. */
function statusesOf({ job, waits, runs, ends, stages }: Attempt, submitted: number) {
  const started_at = submitted + waits * 60;
  const ended_at = started_at + runs * 60;
  const job_id = job;
  const words = {
    queued: { status: "queued", started_at: null },
    running: { status: "running", started_at },
    ended: { status: ends, started_at, ended_at },
  };
  return stages.map((stage) =>
    xaxStatus(xaxJob({ job_id, enqueued_at: submitted, ...words[stage] })),
  );
}

describe("what a sync writes", () => {
  it("has no errors, whatever the log and the queue", () => {
    const seen = { changed: 0, requeued: 0 };
    fc.assert(
      fc.property(
        fc.uniqueArray(row, { maxLength: 3, selector: ({ experiment_id }) => experiment_id }),
        fc.array(attempt, { maxLength: 6 }),
        (rows, attempts) => {
          let files = sessionFiles({ rows, settings: SETTINGS });
          let clock = START;
          for (const one of attempts) {
            for (const status of statusesOf(one, one.isRestart ? START : clock)) {
              clock += 3_600;
              const log = Buffer.from(files.get("experiment_log.csv") as Uint8Array).toString();
              const at = formatInstant(clock);
              const metrics = { [one.job]: { loss: one.loss } };
              const synced = sync({ log, status, settings, metrics, at });
              const next = new Map([
                ...files,
                ["experiment_log.csv", Buffer.from(synced.text)],
              ] as const);
              expect(errorsOf(review(files, next, at))).toEqual([]);
              seen.changed += synced.changes.length;
              seen.requeued += synced.changes.filter(
                ({ from = "", to }) => isOneOf(ENDED, from) && to === "running",
              ).length;
              files = next;
            }
          }
        },
      ),
      { numRuns: 500 },
    );
    expect(seen.changed).toBeGreaterThan(500);
    expect(seen.requeued).toBeGreaterThan(0);
  });
});

function isOneOf(texts: readonly string[], text: string): boolean {
  return texts.includes(text);
}

const id = fc.constantFrom("a", "b", "c", "new");
const ids = fc.array(id, { minLength: 1, maxLength: 2 });
const said = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('q"\r\n,', "--sweep", "correction: x"),
);
const number = fc.double({ min: 0.01, max: 10, noNaN: true });
const command: fc.Arbitrary<Command> = fc.oneof(
  fc
    .tuple(
      fc.option(
        fc.string({ maxLength: 5 }).map((end) => `p${end}`),
        { nil: undefined },
      ),
      id,
      fc.boolean(),
    )
    .map(([name, parent, isSweep]) => proposal(name, { parent, command: "t.py" }, { isSweep })),
  fc
    .tuple(fc.constantFrom("hypothesis", "note", "next-action"), id, said)
    .map(([name, of, text]): Command => ({ name, id: of, text }) as Command),
  fc
    .tuple(
      id,
      number,
      fc.constantFrom(...STATUSES, undefined),
      fc.dictionary(fc.constantFrom("acc", "f1"), number),
      fc.boolean(),
    )
    .map(([of, value, status, metrics, isForced]) =>
      result(of, {
        value,
        metrics: new Map(Object.entries(metrics)),
        isForced,
        ...(status && { status }),
      }),
    ),
  ids.map((of): Command => ({ name: "approve", ids: of })),
  ids.map((of) => launchOf(of)),
  fc.tuple(ids, said).map(([words, text]) => ending("cancel", words.join(" "), text)),
  fc.tuple(id, id).map(([of, by]): Command => ({ name: "supersede", id: of, by })),
  id.map((of): Command => ({ name: "baseline", id: of })),
  number.map((value): Command => ({ name: "target", value })),
  fc.constantFrom<Command>({ name: "stop" }, { name: "resume" }),
);
const commanded = fc.record({
  status: fc.constantFrom(...STATUSES),
  objective_metric: fc.constantFrom("", "loss"),
  objective_value: fc.constantFrom("", "0.5"),
  metrics_json: fc.constantFrom("", '{"acc": 1}'),
  hypothesis: fc.constantFrom("", "h"),
  command: fc.constantFrom("", "t.py"),
  started_at: fc.constantFrom("", "2026-02-01T00:00:00Z"),
});

describe("what commands write", () => {
  it("has no errors, whatever the session and the comments", () => {
    let applied = 0;
    fc.assert(
      fc.property(
        fc.tuple(commanded, commanded, commanded),
        fc.array(fc.array(command, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 4 }),
        (rows, comments) => {
          const named = rows.map((cells, at) => ({ experiment_id: "abc".charAt(at), ...cells }));
          let files = sessionFiles({ rows: named, settings: SETTINGS });
          for (const [at, commands] of comments.entries()) {
            const next = apply(files, commands, { commentId: String(at) }).files;
            expect(errorsOf(review(files, next))).toEqual([]);
            if (next !== files) applied += 1;
            files = next;
          }
        },
      ),
      { numRuns: 500 },
    );
    expect(applied).toBeGreaterThan(300);
  });
});

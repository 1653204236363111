import { expect, test } from "vitest";
import type { LedgerEntry } from "../../../src/core/command/ledger.ts";
import { type FoundInput, settleFound } from "../../../src/core/launch/settle-found.ts";
import { xax } from "../../../src/core/queue/xax.ts";
import { queued } from "../../builders/launch.ts";
import { cellsOf, LATER } from "../../builders/log.ts";
import { xaxJob, xaxStatus } from "../../builders/xax.ts";

const LAUNCHING = { outcome: "launching", detail: "run r1" } as const;

function found(lines: readonly Partial<LedgerEntry>[], ...jobs: readonly object[]): FoundInput {
  return {
    ...queued({}, lines),
    report: xax.parseStatus(xaxStatus(...jobs), "status.json"),
    source: undefined,
    now: LATER,
    redact: (text) => text,
  };
}

const OURS = xaxJob({ command: "train.py --name=aaaaaaaaaaaaaaaaaaaa" });

test("a job with the operation id of a launch that nobody has told the end of is its row's", () => {
  const input = found([LAUNCHING], OURS, xaxJob({ job_id: "job-2" }));
  const { added, changes } = settleFound(input);
  expect(added).toEqual([
    { ...input.ledger.entries.at(-1), outcome: "launched", detail: "job-1", at: LATER },
  ]);
  expect(changes).toEqual([
    { kind: "moved", experimentId: "exp-1", from: "planned", to: "queued" },
  ]);
  expect(cellsOf(input.draft, 0)).toMatchObject({ queue_job_id: "job-1", status: "queued" });
});

test.each<[string, readonly Partial<LedgerEntry>[], readonly object[]]>([
  ["the queue lists no such job", [LAUNCHING], [xaxJob()]],
  ["two jobs carry the id", [LAUNCHING], [OURS, { ...OURS, job_id: "job-2" }]],
  ["nobody has begun to launch it", [], [OURS]],
  ["its launch has failed", [LAUNCHING, { outcome: "launch-failed" }], [OURS]],
])("nothing is recorded where %s", (_why, lines, jobs) => {
  const input = found(lines, ...jobs);
  expect(settleFound(input)).toEqual({ added: [], changes: [] });
  expect(cellsOf(input.draft, 0)).not.toHaveProperty("queue_job_id");
});

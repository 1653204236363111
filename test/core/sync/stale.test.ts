import { describe, expect, it } from "vitest";
import { logText } from "../../builders/log.ts";
import { settingsOf, sync, xaxJob, xaxStatus } from "../../builders/xax.ts";

type Row = Parameters<typeof logText>[0][number];

const SEEN = "2026-11-23T09:00:00Z";
const GONE = "the job is no longer in the queue";

function staleAt(at: string, row: Row, settings = settingsOf()) {
  const running: Row = {
    experiment_id: "a",
    queue_job_id: "job-9",
    status: "running",
    updated_at: SEEN,
  };
  const { stale, changes, text } = sync({
    status: xaxStatus(),
    log: logText([{ ...running, ...row }]),
    settings,
    at,
  });
  expect(changes).toEqual([]);
  expect(text).toBe(logText([{ ...running, ...row }]));
  return stale;
}

describe("a running job that left the queue", () => {
  it.each([
    ["2026-11-23T09:59:59Z", []],
    ["2026-11-23T10:00:00Z", []],
    ["2026-11-23T10:00:01Z", [{ experimentId: "a", since: SEEN, reason: GONE }]],
  ])("is stale an hour after it was last seen: at %s %j", (at, stale) => {
    expect(staleAt(at, {})).toEqual(stale);
  });

  it("has not left it while it is listed, though with a status nobody knows", () => {
    const running = { experiment_id: "job-1", queue_job_id: "job-1", status: "running" } as const;
    const log = logText([{ ...running, updated_at: SEEN }]);
    const status = xaxStatus(xaxJob({ status: "paused" }));
    const { stale, warnings } = sync({ log, status, at: "2026-11-24T00:00:00Z" });
    expect(stale).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('the unknown status "paused"')]);
  });

  it("is stale after the session's own time", () => {
    const settings = settingsOf({ queue: { staleAfterSeconds: 60 } });
    expect(staleAt("2026-11-23T09:01:00Z", {}, settings)).toEqual([]);
    expect(staleAt("2026-11-23T09:01:01Z", {}, settings)).toHaveLength(1);
  });

  it("was last seen when it started, where no later time is known, and never without one", () => {
    const at = "2026-11-24T00:00:00Z";
    expect(staleAt(at, { updated_at: "", started_at: SEEN })).toMatchObject([{ since: SEEN }]);
    expect(staleAt(at, { updated_at: "" })).toEqual([]);
  });

  it.each<readonly [Row, string | undefined, number]>([
    [{ status: "queued" }, undefined, 0],
    [{ status: "completed" }, undefined, 0],
    [{ queue_job_id: "" }, undefined, 0],
    [{ experiment_id: "gpu01/job-9" }, undefined, 0],
    [{ experiment_id: "gpu01/job-9" }, "gpu01", 1],
    [{ experiment_id: "gpu02/job-9" }, "gpu01", 0],
    [{ queue_job_id: "gpu01/job-9" }, "gpu01", 1],
    [{}, "gpu01", 0],
  ])("of %j, where the source is %s, is stale %d times", (row, source, count) => {
    const settings = settingsOf({ queue: source === undefined ? {} : { source } });
    expect(staleAt("2026-11-24T00:00:00Z", row, settings)).toHaveLength(count);
  });
});

describe("a job whose observer is dead", () => {
  const dead = (observer: unknown, job = xaxJob()) =>
    sync({ status: JSON.stringify({ jobs: [job], observer_active: false, observer }) }).stale;
  const reason = "the queue's observer is not running";

  it("is stale since the observer was last heard of", () => {
    expect(dead({ updated_at: 1795402000.9 })).toEqual([
      { experimentId: "job-1", since: "2026-11-23T02:46:40Z", reason },
    ]);
  });

  it("is stale since it started, where that is not known", () => {
    expect(dead(null)).toEqual([{ experimentId: "job-1", since: "1970-01-01T00:16:50Z", reason }]);
  });

  it("is not stale while it waits", () => {
    expect(dead(null, xaxJob({ status: "queued" }))).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import type { Observation } from "../../../src/core/queue/observation.ts";
import { xax } from "../../../src/core/queue/xax.ts";
import { applyObservations } from "../../../src/core/sync/apply-observations.ts";
import { cellsOf, draftOf, LATER, logText } from "../../builders/log.ts";
import { settingsOf, xaxJob, xaxStatus } from "../../builders/xax.ts";

type Row = Parameters<typeof logText>[0][number];

const ENDED = "1970-01-01T00:10:00Z";

/** A sync of one job of a queue that counts restarts, which xax does not. */
function syncOne(job: Partial<Observation>, row: Row) {
  const [running] = xax.parseStatus(xaxStatus(xaxJob()), "s").observations as [Observation];
  const draft = draftOf(logText([{ experiment_id: "job-1", queue_job_id: "job-1", ...row }]));
  const outcome = applyObservations(draft, {
    report: { observations: [{ ...running, ...job }], listed: new Set(), warnings: [] },
    metrics: new Map(),
    settings: settingsOf(),
    now: LATER,
    redact: (text) => text,
  });
  return { ...outcome, draft, cells: cellsOf(draft, 0) };
}

const waiting: Partial<Observation> = { status: "queued", startedAt: undefined };

describe("a job that the queue started anew", () => {
  it("waits again in its row, though it runs in the log", () => {
    const { cells } = syncOne(
      { ...waiting, restarts: 1 },
      { status: "running", started_at: ENDED },
    );
    expect(cells).toMatchObject({ experiment_id: "job-1", status: "queued" });
    expect(cells).not.toHaveProperty("started_at");
  });

  it("waits again in its row, though no submission is known or it is older than the start", () => {
    for (const submittedAt of [undefined, 1]) {
      const row: Row = { status: "running", started_at: ENDED };
      expect(syncOne({ ...waiting, submittedAt, restarts: 1 }, row).cells["status"]).toBe("queued");
    }
  });

  it.each([
    [601, 1, "queued"],
    [600, 1, "failed"],
    [undefined, 1, "failed"],
  ])(
    "submitted at %s s with %d restarts, where the row failed at 600 s, is %s",
    (submittedAt, restarts, status) => {
      const row: Row = { status: "failed", ended_at: ENDED };
      const { cells, draft } = syncOne({ ...waiting, submittedAt, restarts }, row);
      expect(cells["status"]).toBe(status);
      expect(draft.rowCount).toBe(1);
    },
  );

  it("is another experiment without a restart: its id is used again", () => {
    const row: Row = { status: "failed", ended_at: ENDED };
    const { draft } = syncOne({ ...waiting, submittedAt: 601 }, row);
    expect(cellsOf(draft, 1)).toMatchObject({ experiment_id: "job-1~2", status: "queued" });
  });

  it("moves on as any other, with what a person wrote of it", () => {
    const row: Row = { status: "running", result_summary: "oom: watch this", started_at: ENDED };
    const { cells } = syncOne({ status: "completed", endedAt: 2000, restarts: 1 }, row);
    expect(cells).toMatchObject({ status: "completed", result_summary: "oom: watch this" });
  });

  it("and which the queue lists twice has one row all the same", () => {
    const [job] = xax.parseStatus(xaxStatus(xaxJob()), "s").observations as [Observation];
    const draft = draftOf("");
    applyObservations(draft, {
      report: { observations: [job, job], listed: new Set(), warnings: [] },
      metrics: new Map(),
      settings: settingsOf(),
      now: LATER,
      redact: (text) => text,
    });
    expect(draft.rowCount).toBe(1);
  });

  it("of which no submission is known is as it was", () => {
    const { warnings } = syncOne({ ...waiting, submittedAt: undefined }, { status: "running" });
    expect(warnings).toHaveLength(1);
  });
});

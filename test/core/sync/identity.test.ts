import { describe, expect, it } from "vitest";
import { cellsOf, LATER, logText, MUCH_LATER } from "../../builders/log.ts";
import { endedJob, settingsOf, sync, xaxJob, xaxStatus } from "../../builders/xax.ts";

const RUNNING = xaxStatus(xaxJob());
const gpu01 = settingsOf({ queue: { source: "gpu01" } });

type Row = Parameters<typeof logText>[0][number];

/** The experiment that a running job-1 becomes, among the rows of a log. */
function experimentOf(rows: readonly Row[], settings = settingsOf()): string | undefined {
  const { changes, draft } = sync({ status: RUNNING, log: logText(rows), settings });
  expect(draft.rowCount - rows.length).toBe(changes[0]?.kind === "added" ? 1 : 0);
  return changes[0]?.experimentId;
}

describe("which row is this job: without a source", () => {
  it.each<readonly [string, readonly Row[], string]>([
    ["a new one where there is none", [], "job-1"],
    ["that of its queue_job_id", [{ queue_job_id: "job-1" }], "exp-1"],
    ["that of its experiment_id", [{ experiment_id: "job-1" }], "job-1"],
    [
      "that of its queue_job_id before that of its experiment_id",
      [{ experiment_id: "job-1" }, { experiment_id: "plan", queue_job_id: "job-1" }],
      "plan",
    ],
    [
      "the newest of several with its queue_job_id",
      [{ queue_job_id: "job-1" }, { queue_job_id: "job-1" }],
      "exp-2",
    ],
    [
      "a new one where its id is taken by an experiment of another job",
      [{ experiment_id: "job-1", queue_job_id: "job-9" }],
      "job-1~2",
    ],
    [
      "a new one where that is taken too",
      [{ experiment_id: "job-1", queue_job_id: "job-9" }, { experiment_id: "job-1~2" }],
      "job-1~3",
    ],
    [
      "that of its queue_job_id whose own id has a slash",
      [{ experiment_id: "sweep/3", queue_job_id: "job-1" }],
      "sweep/3",
    ],
    [
      "a new one beside a row of a source",
      [{ experiment_id: "gpu01/job-1", queue_job_id: "job-1" }],
      "job-1",
    ],
  ])("%s", (_name, rows, id) => {
    expect(experimentOf(rows)).toBe(id);
  });

  it("a job whose id has a slash keeps its row", () => {
    const status = xaxStatus(xaxJob({ job_id: "gpu01/job-1" }));
    const first = sync({ status });
    expect(sync({ status, log: first.text }).changes).toEqual([]);
    expect(first.draft.cell(0, "experiment_id")).toBe("gpu01/job-1");
  });
});

describe("which row is this job: with the source gpu01", () => {
  it.each<readonly [string, readonly Row[], string]>([
    ["a new one where there is none", [], "gpu01/job-1"],
    [
      "that of the source",
      [{ experiment_id: "gpu01/job-1", queue_job_id: "job-1" }],
      "gpu01/job-1",
    ],
    [
      "a later one of the source",
      [{ experiment_id: "gpu01/job-1~2", queue_job_id: "job-1" }],
      "gpu01/job-1~2",
    ],
    [
      "the twelfth of the source",
      [{ experiment_id: "gpu01/job-1~12", queue_job_id: "job-1" }],
      "gpu01/job-1~12",
    ],
    ["one that has no job yet", [{ experiment_id: "gpu01/job-1" }], "gpu01/job-1"],
    ["a proposal that names the source", [{ queue_job_id: "gpu01/job-1" }], "exp-1"],
    [
      "a row that bears the source in both ids",
      [{ experiment_id: "gpu01/job-1", queue_job_id: "gpu01/job-1" }],
      "gpu01/job-1",
    ],
    [
      "a new one beside a row without a source",
      [{ experiment_id: "job-1", queue_job_id: "job-1" }],
      "gpu01/job-1",
    ],
    [
      "a new one beside a row of another source",
      [{ experiment_id: "gpu02/job-1", queue_job_id: "job-1" }],
      "gpu01/job-1",
    ],
    [
      "a new one beside a source that begins alike",
      [{ queue_job_id: "gpu01x/job-1" }],
      "gpu01/job-1",
    ],
  ])("%s", (_name, rows, id) => {
    expect(experimentOf(rows, gpu01)).toBe(id);
  });

  it.each(["job~2", "a/b", "gpu01/x"])("the job %s keeps its row at the next sync", (job_id) => {
    const status = xaxStatus(xaxJob({ job_id }));
    const first = sync({ status, settings: gpu01 });
    expect(first.draft.cell(0, "experiment_id")).toBe(`gpu01/${job_id}`);
    expect(sync({ status, log: first.text, settings: gpu01 }).text).toBe(first.text);
  });
});

describe("a job id that is used again", () => {
  const ended: Row = { queue_job_id: "job-1", status: "failed", ended_at: "1970-01-01T00:10:00Z" };

  it.each([
    [600, "exp-1"],
    [600.9, "exp-1"],
    [601, "job-1"],
  ])("enqueued at %d s, where the row ended at 600 s, is the experiment %s", (enqueued_at, id) => {
    const status = xaxStatus(xaxJob({ enqueued_at, started_at: 700 }));
    expect(sync({ status, log: logText([ended]) }).changes[0]?.experimentId).toBe(id);
  });

  it.each([
    ["whose end is not known", { ...ended, ended_at: "" }],
    ["that is not finished", { ...ended, status: "running" }],
  ])("is the row itself, %s", (_name, row) => {
    const { draft } = sync({
      status: xaxStatus(xaxJob({ enqueued_at: 5000 })),
      log: logText([row]),
    });
    expect(draft.rowCount).toBe(1);
  });

  it("never makes a second row of one attempt, though the clock was set back while it ran", () => {
    const status = xaxStatus(endedJob({ enqueued_at: 5000, started_at: 5001, ended_at: 1020 }));
    const first = sync({ status });
    const second = sync({ status, log: first.text, at: MUCH_LATER });
    expect(second.text).toBe(first.text);
    expect(second.warnings).toEqual([]);
  });

  it("never reopens an attempt at every sync, though it seems to have started after it ended", () => {
    const status = xaxStatus(endedJob({ status: "failed", return_code: 1, started_at: 5000 }));
    const first = sync({ status });
    expect(sync({ status, log: first.text, at: MUCH_LATER }).text).toBe(first.text);
  });

  describe("of a row that a person settled, which has no end", () => {
    const SETTLED = Date.parse(LATER) / 1000;
    const settled: Row = {
      experiment_id: "job-1",
      queue_job_id: "job-1",
      status: "failed",
      started_at: "2026-11-23T08:00:00Z",
      result_summary: "infra: the machine was switched off",
      updated_at: LATER,
    };
    const meet = (job: Record<string, unknown>, row = settled) =>
      sync({
        log: logText([row]),
        status: xaxStatus(job),
        metrics: { "job-1": { loss: 3 } },
        at: MUCH_LATER,
      });

    it("and enqueued after that, is another experiment with an end and metrics of its own", () => {
      const times = {
        enqueued_at: SETTLED + 600,
        started_at: SETTLED + 601,
        ended_at: SETTLED + 700,
      };
      const { draft, warnings } = meet(endedJob({ ...times, config_path: "new.yaml" }));
      expect(cellsOf(draft, 0)).toEqual(settled);
      expect(cellsOf(draft, 1)).toMatchObject({
        experiment_id: "job-1~2",
        status: "completed",
        metrics_json: '{"loss": 3}',
      });
      expect(warnings).toEqual([]);
    });

    it("and waiting since, is another experiment too", () => {
      const waiting = { status: "queued", enqueued_at: SETTLED + 600, started_at: null };
      const { draft } = meet(xaxJob(waiting), { ...settled, started_at: "" });
      expect(draft.cell(1, "experiment_id")).toBe("job-1~2");
    });

    it("is the row itself where the job was started again after that", () => {
      const { draft, warnings } = meet(
        xaxJob({ enqueued_at: SETTLED - 9000, started_at: SETTLED + 60 }),
      );
      expect(draft.cell(0, "status")).toBe("running");
      expect(draft.rowCount).toBe(1);
      expect(warnings).toEqual([]);
    });
  });

  it("never makes a second row of an attempt without an end, though this clock is behind", () => {
    const status = xaxStatus(
      endedJob({ enqueued_at: 1895000000, started_at: 1895000001, ended_at: null }),
    );
    const first = sync({ status });
    expect(sync({ status, log: first.text, at: MUCH_LATER }).text).toBe(first.text);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeLog } from "../../../src/core/log/decode.ts";
import { createDraft, isChanged, type LogDraft } from "../../../src/core/log/draft.ts";
import { encodeLog } from "../../../src/core/log/encode.ts";
import { xax } from "../../../src/core/queue/xax.ts";
import { defaultSettings } from "../../../src/core/session/defaults.ts";
import type { SessionSettings } from "../../../src/core/session/settings.ts";
import { applyObservations, type SyncOutcome } from "../../../src/core/sync/apply-observations.ts";
import { commitMessage } from "../../../src/core/sync/message.ts";

const now = "2026-11-23T09:30:00Z";
const later = "2026-11-23T09:45:00Z";

function sample(name: string): string {
  return readFileSync(new URL(`../../fixtures/xax/${name}.json`, import.meta.url), "utf8");
}

interface Scene {
  readonly log?: string;
  readonly status: string;
  readonly settings?: Partial<SessionSettings>;
  readonly metrics?: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly at?: string;
}

function sync(scene: Scene): SyncOutcome & { draft: LogDraft; text: string } {
  const draft = createDraft(decodeLog(Buffer.from(scene.log ?? ""), "log.csv"));
  const outcome = applyObservations(draft, {
    report: xax.parseStatus(scene.status, "status.json"),
    metrics: scene.metrics ?? new Map(),
    settings: { ...defaultSettings(), ...scene.settings },
    now: scene.at ?? now,
    redact: (text) => text,
  });
  return { ...outcome, draft, text: Buffer.from(encodeLog(draft)).toString("utf8") };
}

function job(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    job_id: "job-0000001",
    status: "running",
    enqueued_at: 1000,
    started_at: 1010,
    ...overrides,
  };
}

function status(...jobs: unknown[]): string {
  return JSON.stringify({ jobs, queue: [], observer_active: true });
}

describe("applyObservations", () => {
  it("records a genuine status in the order of the queue's list", () => {
    const { draft, changes, syncedJobs } = sync({ status: sample("status-running") });
    expect(syncedJobs).toBe(8);
    expect(changes).toHaveLength(8);
    const rows = Array.from({ length: draft.rowCount }, (_, row) => [
      draft.cell(row, "experiment_id"),
      draft.cell(row, "status"),
      draft.cell(row, "result_summary"),
    ]);
    expect(rows).toEqual([
      ["job-0000006", "queued", ""],
      ["job-0000007", "queued", ""],
      ["job-0000008", "completed", ""],
      ["job-0000005", "running", ""],
      ["job-0000004", "cancelled", "Cancelled before execution"],
      [
        "job-0000003",
        "failed",
        "oom: CUDA OOM detected: jaxlib.xla_extension.XlaRuntimeError: RESOURCE_EXHAUSTED: XLA out of memory while trying to allocate 17179869184 bytes.",
      ],
      ["job-0000002", "failed", "exit 1: Exited with return code 1"],
      ["job-0000001", "completed", ""],
    ]);
    expect(draft.cell(3, "started_at")).toBe("2026-11-23T02:46:34Z");
    expect(draft.cell(3, "ended_at")).toBe("");
    expect(draft.cell(3, "notes")).toBe("multi");
  });

  it("changes nothing at all when the same status comes again", () => {
    const first = sync({ status: sample("status-running") });
    const second = sync({ status: sample("status-running"), log: first.text, at: later });
    expect(second.changes).toEqual([]);
    expect(isChanged(second.draft)).toBe(false);
    expect(second.text).toBe(first.text);
  });

  it("keeps every cell that a person wrote", () => {
    const first = sync({ status: status(job()) });
    const log = first.text.replace(/running,[^\n]*/, (row) =>
      row.replace(/,[^,]*$/, ",mine").replace("running,", "running,"),
    );
    const finished = job({
      status: "failed",
      ended_at: 1020,
      return_code: 3,
      error: "boom",
      launcher: "multi",
    });
    const second = sync({ status: status(finished), log, at: later });
    expect(second.draft.cell(0, "notes")).toBe("mine");
    expect(second.draft.cell(0, "result_summary")).toBe("exit 3: boom");
    expect(second.draft.cell(0, "updated_at")).toBe(later);
    expect(second.draft.cell(0, "created_at")).toBe(now);
  });

  it("moves a proposal's row along when its queue_job_id names the job", () => {
    const log =
      "experiment_id,queue_job_id,status,hypothesis\nlower-lr,job-0000001,planned,helps\n";
    const { draft, changes } = sync({ log, status: status(job()) });
    expect(draft.rowCount).toBe(1);
    expect(changes).toMatchObject([
      { kind: "moved", experimentId: "lower-lr", from: "planned", to: "running" },
    ]);
    expect(draft.cell(0, "hypothesis")).toBe("helps");
  });

  it("keeps two sources apart", () => {
    const queue = (source: string) => ({ queue: { ...defaultSettings().queue, source } });
    const one = sync({ status: status(job()), settings: queue("gpu01") });
    const two = sync({
      status: status(job({ status: "queued" })),
      log: one.text,
      settings: queue("gpu02"),
    });
    const again = sync({
      status: status(job()),
      log: two.text,
      settings: queue("gpu01"),
      at: later,
    });
    expect(again.draft.rowOf("gpu01/job-0000001")).toBe(0);
    expect(again.draft.rowOf("gpu02/job-0000001")).toBe(1);
    expect(again.changes).toEqual([]);
    const none = sync({ status: status(job()), log: two.text });
    expect(none.draft.rowOf("job-0000001")).toBe(2);
  });

  it("gives a job id that is used again a row of its own, twice", () => {
    const done = job({ status: "completed", ended_at: 1020, return_code: 0 });
    const first = sync({ status: status(done) });
    const second = sync({
      status: status(job({ enqueued_at: 5000, started_at: 5010 })),
      log: first.text,
    });
    expect(second.draft.rowOf("job-0000001~2")).toBe(1);
    expect(second.draft.cell(0, "status")).toBe("completed");
    const ended = job({
      enqueued_at: 5000,
      started_at: 5010,
      status: "failed",
      ended_at: 5020,
      return_code: 1,
    });
    const third = sync({ status: status(ended), log: second.text });
    expect(third.draft.rowCount).toBe(2);
    expect(third.draft.cell(1, "status")).toBe("failed");
    const fourth = sync({
      status: status(job({ enqueued_at: 9000, started_at: 9001 })),
      log: third.text,
    });
    expect(fourth.draft.rowOf("job-0000001~3")).toBe(2);
  });

  it("leaves a finished experiment alone when the queue cancels it afterwards, and warns", () => {
    const first = sync({
      status: status(job({ status: "completed", ended_at: 1020, return_code: 0 })),
    });
    const cancelled = job({
      status: "cancelled",
      ended_at: 1300,
      error: "Cancelled before execution",
    });
    const second = sync({ status: status(cancelled), log: first.text });
    expect(second.text).toBe(first.text);
    expect(second.warnings).toHaveLength(1);
    expect(second.warnings[0]).toMatch(/"job-0000001" as cancelled.*stays completed/);
  });

  it("reopens the row when the same job is started anew, keeping people's texts", () => {
    const failed = job({
      status: "failed",
      ended_at: 1020,
      return_code: -1,
      error: "Recovered orphaned running job",
    });
    const first = sync({ status: status(failed) });
    expect(first.draft.cell(0, "result_summary")).toBe("infra: Recovered orphaned running job");
    const log = first.text.replace(/\n$/, "keep me\n");
    const again = sync({ status: status(job({ started_at: 2000 })), log, at: later });
    expect(again.draft.cell(0, "status")).toBe("running");
    expect(again.draft.cell(0, "ended_at")).toBe("");
    expect(again.draft.cell(0, "result_summary")).toBe("");
    expect(again.draft.cell(0, "notes")).toBe("keep me");
  });

  it("settles a torn snapshot by the job and leaves absent jobs as they are", () => {
    const first = sync({ status: status(job(), job({ job_id: "job-0000002" })) });
    const torn = JSON.stringify({ jobs: [job()], queue: ["job-0000001"], observer_active: true });
    const second = sync({ status: torn, log: first.text, at: "2026-11-23T11:00:00Z" });
    expect(second.changes).toEqual([]);
    expect(second.stale).toEqual([
      { experimentId: "job-0000002", since: now, reason: "the job is no longer in the queue" },
    ]);
  });

  it("calls running jobs of a dead observer stale, not failed", () => {
    const observer = { updated_at: 1795402000, pid: 1 };
    const dead = JSON.stringify({ jobs: [job()], observer, observer_active: false });
    const { draft, stale } = sync({ status: dead });
    expect(draft.cell(0, "status")).toBe("running");
    expect(stale).toMatchObject([{ since: "2026-11-23T02:46:40Z" }]);
  });

  it("records metrics, and the objective only once the job has finished", () => {
    const objective = { metric: "value/loss", mode: "min", sameTask: false } as const;
    const read = (name: string) => xax.parseMetrics(sample(name), name);
    const metrics = new Map([["job-0000001", read("metrics-job-0000001")]]);
    const running = sync({ status: status(job()), settings: { objective }, metrics });
    expect(running.draft.cell(0, "objective_value")).toBe("");
    expect(JSON.parse(running.draft.cell(0, "metrics_json"))).toMatchObject({
      "value/loss": 0.24410271644592285,
    });
    const done = status(job({ status: "completed", ended_at: 1020, return_code: 0 }));
    const finished = sync({
      status: done,
      settings: { objective },
      metrics,
      log: running.text,
      at: later,
    });
    expect(finished.draft.cell(0, "objective_value")).toBe("0.24410271644592285");
    expect(finished.draft.cell(0, "objective_mode")).toBe("min");
    expect(commitMessage("mnist", finished.changes)).toEqual({
      headline: "mnist: 1 completed",
      body: "- job-0000001: running → completed (value/loss 0.24410271644592285)\n\n[skip ci]",
    });
    const mine = finished.text.replace("0.24410271644592285,", "0.5,");
    expect(sync({ status: done, settings: { objective }, metrics, log: mine }).text).toBe(mine);
  });

  it("says diverged when the objective is not finite, and stores null", () => {
    const objective = { metric: "value/loss", mode: "min", sameTask: false } as const;
    const metrics = new Map([
      ["job-0000001", xax.parseMetrics(sample("metrics-diverged-NaN"), "m")],
    ]);
    const done = status(job({ status: "completed", ended_at: 1020, return_code: 0 }));
    const { draft } = sync({ status: done, settings: { objective }, metrics });
    expect(draft.cell(0, "objective_value")).toBe("");
    expect(draft.cell(0, "result_summary")).toBe("diverged: value/loss is not a finite number");
    expect(JSON.parse(draft.cell(0, "metrics_json"))).toMatchObject({
      "value/loss": null,
      "value/acc": 0.9678934216499329,
    });
  });

  it("leaves out what is no job, with a sentence each, and records the rest", () => {
    const { warnings, draft } = sync({
      status: status(
        7,
        null,
        {},
        job({ job_id: "" }),
        job({ status: "exploded" }),
        job({ job_id: "a\nb" }),
        job({ job_id: "ok" }),
      ),
    });
    expect(draft.rowCount).toBe(1);
    expect(warnings).toHaveLength(6);
    expect(warnings[4]).toBe(
      'status.json: jobs[4] ("job-0000001") has the unknown status "exploded"; its row was left alone',
    );
  });
});

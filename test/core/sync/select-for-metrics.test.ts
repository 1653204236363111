import { expect, it } from "vitest";
import { xax } from "../../../src/core/queue/xax.ts";
import { selectForMetrics } from "../../../src/core/sync/select-for-metrics.ts";
import { draftOf, logText } from "../../builders/log.ts";
import { endedJob, settingsOf, xaxJob, xaxStatus } from "../../builders/xax.ts";

type Row = Parameters<typeof logText>[0][number];

/** The job ended 1020 s after 1970 began; a day later its metrics are no longer asked for. */
const RECENT = "1970-01-02T00:16:59Z";
const PAST = "1970-01-02T00:17:00Z";

const finished: Row = {
  experiment_id: "job-1",
  status: "completed",
  ended_at: "1970-01-01T00:17:00Z",
};

it.each<readonly [string, Record<string, unknown>, Row | undefined, string, boolean]>([
  ["a running job", xaxJob(), finished, PAST, true],
  ["a queued job", xaxJob({ status: "queued" }), undefined, RECENT, false],
  ["a job that never started", endedJob({ started_at: null }), undefined, RECENT, false],
  ["a finished job without a row", endedJob(), undefined, PAST, true],
  [
    "a finished job whose row runs",
    endedJob(),
    { experiment_id: "job-1", status: "running" },
    PAST,
    true,
  ],
  [
    "a finished job whose row is finished without metrics, for a day",
    endedJob(),
    finished,
    RECENT,
    true,
  ],
  ["such a job after a day", endedJob(), finished, PAST, false],
  ["such a job that tells no end", endedJob({ ended_at: null }), finished, RECENT, false],
  ["a finished job with metrics", endedJob(), { ...finished, metrics_json: "{}" }, RECENT, false],
  [
    "a finished job with metrics and a value of its objective",
    endedJob(),
    { ...finished, metrics_json: "{}", objective_metric: "loss", objective_value: "1" },
    RECENT,
    false,
  ],
  [
    "a finished job with metrics but no value of its objective, for a day",
    endedJob(),
    { ...finished, metrics_json: "{}", objective_metric: "loss" },
    RECENT,
    true,
  ],
  [
    "a finished job without a value of its objective after a day",
    endedJob(),
    { ...finished, metrics_json: "{}", objective_metric: "loss" },
    PAST,
    false,
  ],
  [
    "a job that ran and ended anew",
    endedJob({ started_at: 2000, ended_at: 2010 }),
    { ...finished, metrics_json: "{}" },
    PAST,
    true,
  ],
  [
    "a job that uses an id again",
    endedJob({ enqueued_at: 2000, started_at: 2001, ended_at: 2010 }),
    { ...finished, metrics_json: "{}" },
    PAST,
    true,
  ],
])("the metrics of %s", (_name, job, row, instant, isSelected) => {
  const draft = draftOf(row === undefined ? "" : logText([row]));
  const { observations } = xax.parseStatus(xaxStatus(job), "s");
  const settings = settingsOf();
  const selected = selectForMetrics(draft, observations, { settings, instant });
  expect(selected).toEqual(isSelected ? observations : []);
});

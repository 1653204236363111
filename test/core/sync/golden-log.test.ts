import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { encodeEmptyLog } from "../../../src/core/log/encode.ts";
import { xax } from "../../../src/core/queue/xax.ts";
import { commitMessage } from "../../../src/core/sync/message.ts";
import { settingsOf, sync, xaxSample } from "../../builders/xax.ts";

/**
 * The log after each of the genuine outputs of xax in turn, byte for byte. When a change of these bytes is meant:
 * `UPDATE_GOLDEN=1 npx vitest run test/core/sync/golden-log.test.ts`, and read the difference before committing it.
 */
const FOLDER = new URL("../../golden/log/", import.meta.url);
const isUpdate = process.env["UPDATE_GOLDEN"] === "1";

const settings = settingsOf({
  objective: { metric: "value/loss", mode: "min", sameTask: false },
});

const metricsOf = (sample: string) =>
  Object.fromEntries(xax.parseMetrics(xaxSample(sample), sample));

/** The running sample a while later: the job that ran has ended. */
function endedSample(): string {
  const status = JSON.parse(xaxSample("status-running")) as { jobs: Record<string, unknown>[] };
  const jobs = status.jobs.map((job) =>
    job["job_id"] === "job-0000005"
      ? { ...job, status: "completed", ended_at: 1795402130.5, return_code: 0 }
      : job,
  );
  return JSON.stringify({ ...status, jobs });
}

const MEASURED = { "job-0000001": metricsOf("metrics-job-0000001") };
const DIVERGED = { "job-0000005": metricsOf("metrics-diverged-NaN") };

/** In the order in which they were taken. */
const STEPS = [
  { name: "1-empty", status: xaxSample("status-empty"), at: "2026-11-23T02:46:00Z", metrics: {} },
  {
    name: "2-finished",
    status: xaxSample("status-finished"),
    at: "2026-11-23T02:46:32Z",
    metrics: MEASURED,
  },
  {
    name: "3-running",
    status: xaxSample("status-running"),
    at: "2026-11-23T02:46:40Z",
    metrics: DIVERGED,
  },
  { name: "4-ended", status: endedSample(), at: "2026-11-23T02:50:00Z", metrics: DIVERGED },
  { name: "5-gone", status: xaxSample("status-empty"), at: "2026-11-23T05:00:00Z", metrics: {} },
];

it("each genuine output of the queue gives the golden log and message", () => {
  let log = Buffer.from(encodeEmptyLog()).toString();
  for (const { name, status, at, metrics } of STEPS) {
    const outcome = sync({
      status,
      log,
      settings,
      metrics,
      at,
      owner: "agent-7",
    });
    const { headline, body } = commitMessage("mnist", outcome.changes);
    const said = [headline, "", body, "", ...outcome.warnings.map((text) => `warning: ${text}`)];
    const stale = outcome.stale.map(
      (run) => `stale: ${run.experimentId} since ${run.since}: ${run.reason}`,
    );
    compare(`${name}.csv`, outcome.text);
    compare(`${name}.txt`, `${[...said, ...stale].join("\n").trimEnd()}\n`);
    log = outcome.text;
  }
});

function compare(file: string, text: string): void {
  const path = new URL(file, FOLDER);
  if (isUpdate) writeFileSync(path, text);
  expect(readFileSync(path, "utf8"), file).toBe(text);
}

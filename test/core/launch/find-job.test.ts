import { describe, expect, test } from "vitest";
import { findByOperation, findSubmitted } from "../../../src/core/launch/find-job.ts";
import { judgeAbandoned, judgeAttempt } from "../../../src/core/launch/judge-launch.ts";
import { xax } from "../../../src/core/queue/xax.ts";
import { xaxJob, xaxStatus } from "../../builders/xax.ts";

const OP = "abcdefghij234567abcd";
const reportOf = (...jobs: readonly Record<string, unknown>[]) =>
  xax.parseStatus(xaxStatus(...jobs.map(xaxJob)), "s");

describe("a job with an operation id", () => {
  test.each([
    { command: `train --op=${OP} --x` },
    { run_dir: `/runs/${OP}/run_0` },
    { config_path: `c-${OP}.yaml` },
    { task_key: OP },
  ])("carries it in %j", (job) => {
    expect(findByOperation(reportOf({ job_id: "a" }, { job_id: "b", ...job }), OP)).toEqual({
      kind: "found",
      jobId: "b",
    });
  });

  test("is not one whose id only begins or ends alike, and none is taken from two", () => {
    const alike = [`${OP}2`, `x${OP}`, OP.slice(1)].map((id) => ({ job_id: id, run_dir: id }));
    expect(findByOperation(reportOf(...alike), OP)).toEqual({ kind: "none" });
    const twice = reportOf({ job_id: "a", run_dir: OP }, { job_id: "b", run_dir: OP });
    expect(findByOperation(twice, OP)).toEqual({ kind: "several", jobIds: ["a", "b"] });
  });
});

describe("a job that came between two readings", () => {
  const find = (jobs: readonly Record<string, unknown>[], known: readonly string[] = []) =>
    findSubmitted({
      before: reportOf({ job_id: "old" }),
      after: reportOf({ job_id: "old" }, ...jobs),
      since: "1970-01-01T00:16:40Z",
      isKnown: (jobId) => known.includes(jobId),
    });

  test("is likely the one that was not listed, not known and not submitted before", () => {
    expect(find([{ job_id: "new" }])).toEqual({ kind: "guessed", jobId: "new" });
    expect(find([{ job_id: "new", enqueued_at: null }])).toEqual({ kind: "guessed", jobId: "new" });
    expect(find([{ job_id: "new", enqueued_at: 999 }])).toEqual({ kind: "none" });
    expect(find([{ job_id: "new" }], ["new"])).toEqual({ kind: "none" });
    expect(find([])).toEqual({ kind: "none" });
  });

  test("is not chosen from several", () => {
    expect(find([{ job_id: "a" }, { job_id: "b" }])).toMatchObject({ kind: "several" });
  });

  test("is any where the time of the launch cannot be read", () => {
    const after = reportOf({ job_id: "new", enqueued_at: 1 });
    const before = reportOf();
    const found = findSubmitted({ before, after, since: "?", isKnown: () => false });
    expect(found).toEqual({ kind: "guessed", jobId: "new" });
  });
});

describe("a launch command that", () => {
  const none = { kind: "none" } as const;
  const found = { kind: "found", jobId: "job-1" } as const;
  const guessed = { kind: "guessed", jobId: "job-1" } as const;
  const several = { kind: "several", jobIds: ["a", "b"] } as const;
  const failed = { kind: "failed", reason: "It failed." } as const;

  test("never ran is a failed launch", () => {
    const attempt = { kind: "not-started", reason: "No such program." } as const;
    const ending = { kind: "failed", reason: "No such program." };
    expect(judgeAttempt(attempt, undefined)).toEqual(ending);
    expect(judgeAttempt(attempt, found)).toEqual(ending);
  });

  test.each([{ kind: "ended" } as const, failed, { kind: "unclear", reason: "Late." } as const])(
    "gave a job that carries the operation id has launched it: %j",
    (attempt) => {
      expect(judgeAttempt(attempt, found)).toEqual({ kind: "launched", jobId: "job-1" });
    },
  );

  test("did not fail has launched the one job that is new", () => {
    const launched = { kind: "launched", jobId: "job-1" };
    expect(judgeAttempt({ kind: "ended" }, guessed)).toEqual(launched);
    expect(judgeAttempt({ kind: "unclear", reason: "Late." }, guessed)).toEqual(launched);
  });

  test("failed has not launched a new job that may be somebody else's, and nobody knows", () => {
    expect(judgeAttempt(failed, guessed)).toEqual({
      kind: "unknown",
      reason:
        'It failed. The queue lists the new job "job-1", which does not carry the operation id and may be somebody else\'s.',
    });
  });

  test("failed is a failed launch only when the queue lists nothing new", () => {
    expect(judgeAttempt(failed, none)).toEqual(failed);
    expect(judgeAttempt(failed, several)).toEqual({
      kind: "unknown",
      reason: 'It failed. The queue lists several new jobs: "a", "b".',
    });
    expect(judgeAttempt(failed, undefined)).toEqual({
      kind: "unknown",
      reason: "It failed. The queue could not be asked for new jobs.",
    });
  });

  test("ended otherwise without a job is unknown", () => {
    expect(judgeAttempt({ kind: "ended" }, none)).toEqual({
      kind: "unknown",
      reason:
        "The launch command ended well, but its output names no job. The queue lists no new job.",
    });
    expect(judgeAttempt({ kind: "unclear", reason: "Late." }, none)).toEqual({
      kind: "unknown",
      reason: "Late. The queue lists no new job.",
    });
  });

  test("was left behind is what the queue says, or unknown", () => {
    expect(judgeAbandoned(found, OP)).toEqual({ kind: "launched", jobId: "job-1" });
    const said = (what: string) => ({
      kind: "unknown",
      reason: `The run that was launching it ended before it could say what came of it, and ${what} of the queue carries the operation id "${OP}".`,
    });
    expect(judgeAbandoned(none, OP)).toEqual(said("no job"));
    expect(judgeAbandoned(several, OP)).toEqual(said("more than one job"));
  });
});

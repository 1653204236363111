import { describe, expect, it } from "vitest";
import {
  apply,
  ending,
  entriesOf,
  ledgerEntry,
  outcomesOf,
  rowsOf,
  sentencesOf,
  sessionFiles,
} from "../../../builders/apply.ts";
import { NOW } from "../../../builders/log.ts";

const rows = [
  { experiment_id: "run-a", status: "planned" },
  { experiment_id: "run-b", status: "planned", result_summary: "kept", notes: "n" },
  { experiment_id: "has space", status: "planned" },
];
const files = sessionFiles({ rows });

describe("/reject and /cancel", () => {
  it("keep the rows, as cancelled, with the reason", () => {
    const applied = apply(files, [ending("reject", 'run-a run-b "too slow"', "See #4.")]);
    expect(rowsOf(applied.files).slice(0, 2)).toEqual([
      {
        experiment_id: "run-a",
        status: "cancelled",
        result_summary: "rejected by ann: too slow\nSee #4.",
        updated_at: NOW,
      },
      {
        experiment_id: "run-b",
        status: "cancelled",
        result_summary: "kept",
        notes: "n\nann (2026-11-23): rejected: too slow\n  See #4.",
        updated_at: NOW,
      },
    ]);
    expect(outcomesOf(applied)[0]).toMatchObject({
      experimentIds: ["run-a", "run-b"],
      changes: [
        { kind: "moved", experimentId: "run-a", from: "planned", to: "cancelled" },
        { kind: "moved", experimentId: "run-b", from: "planned", to: "cancelled" },
      ],
      notes: [],
    });
    expect(entriesOf(applied.files).map(({ detail }) => detail)).toEqual([
      "status planned → cancelled, result_summary",
      "status planned → cancelled, notes",
    ]);
  });

  it("find ids in quotes, and where the reason stands in quotes or below", () => {
    const quoted = apply(files, [ending("cancel", '"has space" "slow"')]);
    expect(rowsOf(quoted.files)[2]).toMatchObject({ result_summary: "cancelled by ann: slow" });
    const below = apply(files, [ending("cancel", "run-a", "slow")]);
    expect(rowsOf(below.files)[0]).toMatchObject({ result_summary: "cancelled by ann: slow" });
    const named = apply(files, [ending("cancel", "run-a because run-b is better")]);
    expect(rowsOf(named.files).map(({ status }) => status)).toEqual([
      "cancelled",
      "planned",
      "planned",
    ]);
  });

  it("remove secrets from the reason", () => {
    const redact = (text: string) => text.replaceAll("hunter2", "[redacted]");
    const applied = apply(files, [ending("reject", "run-a has hunter2")], { redact });
    expect(rowsOf(applied.files)[0]?.["result_summary"]).toBe("rejected by ann: has [redacted]");
  });

  it.each<readonly [string, string, string | undefined, readonly RegExp[]]>([
    [
      "a first word that names nothing",
      "rum-a slow",
      undefined,
      [/no experiment "rum-a" in the log\. Did you mean "run-a"\?$/],
    ],
    ["no reason", "run-a", undefined, [/^the reason is missing\. /]],
    ["an empty reason", 'run-a ""', " ", [/^the reason is missing\. /]],
    [
      "a single word that may be an id",
      "run-a slow",
      undefined,
      [/no experiment "slow" in the log\. If the reason begins here, put it in quotes\.$/],
    ],
    ["a single word before a reason below", "run-a slow", "more", [/no experiment "slow"/]],
    [
      "a word that is nearly an id",
      "run-a run-c is slow",
      undefined,
      [/no experiment "run-c" in the log\. Did you mean "run-a"\? If the reason/],
    ],
    [
      "a word that is an id and may begin the reason",
      "run-a run-b needs the node",
      "more",
      [
        /^whether "run-b" is an experiment to end or begins the reason is not clear\. Put the reason in quotes or on the next lines\.$/,
      ],
    ],
    ["an experiment named twice", 'run-a run-a "is slow"', undefined, [/"run-a" is named twice/]],
  ])("refuse %s", (_name, words, text, sentences) => {
    const refused = apply(files, [ending("reject", words, text)]);
    expect(sentencesOf(refused)).toEqual(sentences.map((one) => expect.stringMatching(one)));
    expect(refused.files).toBe(files);
  });

  it("show how they are written where the reason is missing", () => {
    const { outcome } = apply(files, [ending("cancel", "run-a")]);
    expect(outcome).toMatchObject({ problems: [{ usage: "/cancel <id>… <reason>" }] });
  });
});

const one = (
  row: Readonly<Record<string, string>>,
  outcome?: "launching" | "launched" | "launch-unknown",
) =>
  sessionFiles({
    rows: [row],
    ...(outcome === undefined ? {} : { ledger: [ledgerEntry({ outcome, detail: "job-9" })] }),
  });

describe("/reject", () => {
  it.each(["queued", "running", "completed", "failed", "cancelled", "superseded", ""])(
    "is refused for an experiment whose status is %j",
    (status) => {
      expect(sentencesOf(apply(one({ status }), [ending("reject", "exp-1", "x")]))).toEqual([
        `experiment "exp-1" is ${status || "without a status"}; only open proposals are rejected. To stop it, use /cancel.`,
      ]);
    },
  );

  it.each(["launching", "launched", "launch-unknown"] as const)(
    "is refused once the launch is %s",
    (outcome) => {
      const launched = one({ status: "planned" }, outcome);
      expect(sentencesOf(apply(launched, [ending("reject", "exp-1", "x")]))).toEqual([
        expect.stringContaining("is launched already, or may be"),
      ]);
    },
  );
});

describe("/cancel", () => {
  const cancel = ending("cancel", "exp-1", "x");

  it("sets the end of what had started, once", () => {
    const started = { status: "running", started_at: "2026-11-23T08:00:00Z" };
    expect(rowsOf(apply(one(started), [cancel]).files)[0]).toMatchObject({
      status: "cancelled",
      ended_at: NOW,
    });
    const ended = { ...started, ended_at: "2026-11-23T09:00:00Z" };
    expect(rowsOf(apply(one(ended), [cancel]).files)[0]).toMatchObject({
      ended_at: "2026-11-23T09:00:00Z",
    });
    expect(rowsOf(apply(one({ status: "queued" }), [cancel]).files)[0]).not.toHaveProperty(
      "ended_at",
    );
  });

  it.each(["completed", "failed", "superseded"])("is refused for what is %s", (status) => {
    expect(sentencesOf(apply(one({ status }), [cancel]))).toEqual([
      expect.stringContaining('experiment "exp-1" cannot become cancelled: '),
    ]);
  });

  it("is refused for what is cancelled already", () => {
    expect(sentencesOf(apply(one({ status: "cancelled" }), [cancel]))).toEqual([
      'experiment "exp-1" is cancelled already.',
    ]);
  });

  it("says that the job may still run", () => {
    const notes = (...of: Parameters<typeof one>) =>
      outcomesOf(apply(one(...of), [cancel]))[0]?.notes;
    const job = (jobId: string) => [{ kind: "job-may-run", experimentId: "exp-1", jobId }];
    expect(notes({ status: "running", queue_job_id: "job-1" })).toEqual(job("job-1"));
    expect(notes({ status: "queued", queue_job_id: "job-1" })).toEqual(job("job-1"));
    expect(notes({ status: "planned", queue_job_id: "job-1" })).toEqual([]);
    expect(notes({ status: "running" })).toEqual([]);
    expect(notes({ status: "planned" }, "launched")).toEqual(job("job-9"));
    expect(notes({ status: "planned", queue_job_id: "job-1" }, "launched")).toEqual(job("job-1"));
  });

  it.each(["launching", "launch-unknown"] as const)(
    "says that a job may exist when the launch is %s",
    (outcome) => {
      expect(outcomesOf(apply(one({ status: "planned" }, outcome), [cancel]))[0]?.notes).toEqual([
        { kind: "sentence", text: expect.stringMatching(/^Whether a job of "exp-1" was started/) },
      ]);
    },
  );
});

import { describe, expect, it } from "vitest";
import { InputError, RemoteError } from "../../src/core/errors.ts";
import { parseMarker } from "../../src/core/sticky/marker.ts";
import { createRedactor } from "../../src/core/text/redact.ts";
import type { Announcement } from "../../src/modes/announce.ts";
import { buildEmptyOutputs, buildOutputs, describeForPeople } from "../../src/modes/outputs.ts";
import { report } from "../../src/modes/report.ts";
import { sync } from "../../src/modes/sync.ts";
import { logText } from "../builders/log.ts";
import {
  announcementOf,
  clock,
  commandPortsOf,
  reporterOf,
  request,
  SETTINGS,
} from "../builders/modes.ts";
import { endedJob, xaxJob, xaxStatus } from "../builders/xax.ts";
import { createFakeComments, type FakeComments } from "../fakes/comments.ts";
import { createFakeQueue } from "../fakes/queue.ts";
import { createFakeStore, type FakeStoreOptions } from "../fakes/store.ts";

const asIs = (text: string) => text;

interface Scene {
  readonly sessions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly status?: string;
  readonly store?: FakeStoreOptions;
  readonly comments?: FakeComments;
  readonly announcement?: Partial<Announcement>;
}

function createRun(scene: Scene = {}) {
  const store = createFakeStore(
    scene.sessions ?? { mnist: { "session.yml": SETTINGS } },
    scene.store,
  );
  const comments = scene.comments ?? createFakeComments();
  const queue = createFakeQueue(scene.status ?? xaxStatus(xaxJob()));
  const announcement = announcementOf(comments, scene.announcement);
  const ports = {
    ...commandPortsOf(comments),
    store,
    queue,
    clock,
    reporter: reporterOf(),
    announcement,
  };
  return { store, comments, run: (session?: string) => sync(ports, session, request) };
}

describe("sync", () => {
  it("records the queue, renders, commits and announces; again, it does nothing", async () => {
    const { run, store, comments } = createRun();
    const first = await run();
    expect(Object.keys(store.texts("mnist")).sort()).toEqual([
      "badge.json",
      "experiment_log.csv",
      "experiment_report.md",
      "session.yml",
      "summary.json",
    ]);
    expect(comments.calls).toEqual(["create"]);
    expect(comments.thread[0]?.body).toContain("https://github.test/mnist/");
    expect(parseMarker(String(comments.thread[0]?.body))).toMatchObject({
      rev: `${"a".repeat(39)}1`,
      seq: Date.UTC(2026, 10, 23, 9, 1) * 100 + 1,
    });
    expect(buildOutputs("sync", first, asIs)).toMatchObject({
      changed: "true",
      decision: "synced",
      comment: "created",
    });
    const second = await run();
    expect(buildOutputs("sync", second, asIs)).toMatchObject({
      changed: "false",
      commit: "",
      decision: "unchanged",
      comment: "unchanged",
      "comment-id": "1",
      "comment-url": "https://github.test/comments/1",
    });
    expect(store.messages).toHaveLength(1);
    expect(comments.calls).toEqual(["create"]);
  });

  it("leaves to mode report the stale runs it found, so that neither undoes the other", async () => {
    const gone = { queue_job_id: "job-9", status: "running", updated_at: "2020-01-01T00:00:00Z" };
    const log = logText([gone]);
    const { run, store, comments } = createRun({
      sessions: { mnist: { "session.yml": SETTINGS, "experiment_log.csv": log } },
      status: xaxStatus(),
    });
    await run();
    const texts = store.texts("mnist");
    expect(texts["experiment_report.md"]).toContain("is stale since 2020-01-01T00:00:00Z");
    const announcement = announcementOf(comments);
    const [reported] = await report({ store, announcement }, undefined, request);
    expect(reported).toMatchObject({
      work: { update: { kind: "unchanged" } },
      comment: { kind: "unchanged" },
    });
    expect(store.texts("mnist")).toEqual(texts);
  });

  it("records the other session when one is broken, and says which", async () => {
    const { run, store } = createRun({
      sessions: {
        broken: { "session.yml": SETTINGS, "experiment_log.csv": "id\n" },
        mnist: { "session.yml": SETTINGS },
      },
    });
    const results = await run();
    expect(results.map(({ kind }) => kind)).toEqual(["failed", "done"]);
    expect(store.messages).toEqual([expect.stringContaining("mnist: 1 running")]);
    const outputs = buildOutputs("sync", results, asIs);
    expect(outputs).toMatchObject({ changed: "true", decision: "failed", comment: "created" });
    expect(JSON.parse(String(outputs.result)).sessions).toMatchObject([
      { session: "broken", failed: expect.stringContaining("no column `experiment_id`") },
      { session: "mnist", update: "committed", synced_jobs: 1 },
    ]);
  });

  it("works on the one session asked for", async () => {
    const { run, store } = createRun({ sessions: { a: {}, b: { "session.yml": SETTINGS } } });
    expect(await run("b")).toHaveLength(1);
    expect(store.texts("a")).toEqual({});
  });

  it("refuses to have no session to work on", async () => {
    await expect(createRun({ sessions: {} }).run()).rejects.toThrow(InputError);
  });

  it("plans everything and writes nothing in a dry run", async () => {
    const { run, store, comments } = createRun({
      store: { isDryRun: true },
      announcement: { isDryRun: true },
    });
    const results = await run();
    expect(Object.keys(store.texts("mnist"))).toEqual(["session.yml"]);
    expect(comments.calls).toEqual([]);
    expect(buildOutputs("sync", results, asIs)).toMatchObject({ decision: "planned", comment: "" });
    const [result] = results;
    if (result?.kind !== "done") throw new Error("it failed");
    expect(describeForPeople(result.work, result.comment)).toBe(
      '"mnist": would change experiment_log.csv, experiment_report.md, summary.json, badge.json; comment planned',
    );
  });
});

describe("announcing", () => {
  async function commentOf(scene: Scene): Promise<unknown> {
    const [result] = await createRun(scene).run("mnist");
    if (result?.kind !== "done") throw result?.error;
    return result.comment;
  }
  const quiet = { sessions: { mnist: { "session.yml": "queue: { status: { file: s } }\n" } } };

  it("goes to the issue of the event where session.yml names none", async () => {
    const announcement = { issueOfEvent: 1 };
    expect(await commentOf({ ...quiet, announcement })).toMatchObject({ kind: "created" });
  });

  it("goes to the issue of session.yml before that of the event", async () => {
    const announcement = { issueOfEvent: 9 };
    expect(await commentOf({ announcement })).toMatchObject({ kind: "created" });
  });

  it("goes on after a commit whose date lies in the future", async () => {
    const comments = createFakeComments();
    const ahead = { now: () => "2026-11-23T09:00:00Z" };
    await commentOf({ comments, announcement: { clock: ahead } });
    const seq = parseMarker(String(comments.thread[0]?.body))?.seq;
    expect(seq).toBe(Date.UTC(2026, 10, 23, 9) * 100 + 1);
    const status = xaxStatus(endedJob());
    expect(await commentOf({ comments, status })).toMatchObject({ kind: "updated" });
  });

  it("is skipped without an issue and without a commit", async () => {
    expect(await commentOf(quiet)).toEqual({
      kind: "skipped",
      reason: "no-issue",
      detail: "no issue or pull request is named",
    });
    expect(await commentOf({ store: { isWorkingTree: true } })).toEqual({
      kind: "skipped",
      reason: "no-issue",
      detail: "there is no commit to report about",
    });
  });

  it("is skipped when GitHub is out of reach, and the log stays recorded", async () => {
    const error = new RemoteError("GitHub does not answer");
    const scene = createRun({ comments: createFakeComments([], [{ kind: "thrown", error }]) });
    const [result] = await scene.run();
    expect(result).toMatchObject({
      kind: "done",
      comment: { kind: "skipped", reason: "unreachable", detail: "GitHub does not answer" },
    });
    expect(scene.store.messages).toHaveLength(1);
    expect(buildOutputs("sync", result === undefined ? [] : [result], asIs)).toMatchObject({
      comment: "skipped:unreachable",
      "comment-id": "",
      "comment-url": "",
      decision: "synced",
    });
  });

  it("hides no defect of the program", async () => {
    const comments = createFakeComments([], [{ kind: "thrown", error: new TypeError("oops") }]);
    expect((await createRun({ comments }).run())[0]).toMatchObject({
      kind: "failed",
      error: new TypeError("oops"),
    });
  });

  it("takes the run's own secrets out of the comment", async () => {
    const comments = createFakeComments();
    const status = xaxStatus(xaxJob({ job_id: "tok3n" }));
    const redact = (text: string) => text.replaceAll("tok3n", "[redacted]");
    await commentOf({ comments, status, announcement: { redact } });
    expect(comments.thread[0]?.body).toContain("redacted");
    expect(comments.thread[0]?.body).not.toContain("tok3n");
  });
});

describe("buildOutputs", () => {
  it("names the best experiment and the commit, and why to stop", async () => {
    const settings = `${SETTINGS}stop: { max-experiments: 1 }\n`;
    const log = logText([
      {
        experiment_id: "job-1",
        status: "completed",
        objective_metric: "loss",
        objective_mode: "min",
        objective_value: "0.25",
      },
    ]);
    const { run } = createRun({
      sessions: { mnist: { "session.yml": settings, "experiment_log.csv": log } },
      status: xaxStatus(endedJob()),
    });
    const outputs = buildOutputs("sync", await run(), asIs);
    expect(outputs).toMatchObject({
      commit: `${"a".repeat(39)}1`,
      "pull-request": "",
      "best-experiment-id": "job-1",
      "best-value": "0.25",
      "should-stop": "true",
    });
    expect(outputs["stop-reason"]).not.toBe("");
    expect(JSON.parse(String(outputs.result))).toMatchObject({
      schema: 1,
      mode: "sync",
      decision: "synced",
      sessions: [
        { experiments: 1, best: { id: "job-1", value: 0.25 }, changes: [{ kind: "updated" }] },
      ],
    });
  });

  it("says of a report that it was rendered, and of nothing best that there is none", async () => {
    const results = await createRun().run();
    expect(buildOutputs("report", results, asIs)).toMatchObject({
      decision: "reported",
      "best-experiment-id": "",
      "best-value": "",
      "should-stop": "false",
      "stop-reason": "",
    });
  });

  it("of a run that had nothing to do say why", () => {
    const outputs = buildEmptyOutputs("ignored", "no event of ours", asIs);
    expect(outputs).toMatchObject({
      changed: "false",
      "should-stop": "false",
      decision: "ignored",
    });
    expect(JSON.parse(String(outputs.result))).toMatchObject({
      schema: 1,
      decision: "ignored",
      sentence: "no event of ours",
      sessions: [],
    });
  });

  it("stay JSON when a text in them begins a secret that has no end", async () => {
    const key = "-----BEGIN RSA PRIVATE KEY-----";
    const redact = createRedactor({ secrets: [], settings: { paths: false, patterns: [] } });
    const row = { objective_metric: "loss", objective_mode: "min", objective_value: "0.25" };
    const { run } = createRun({
      sessions: {
        mnist: {
          "session.yml": SETTINGS,
          "experiment_log.csv": logText([{ experiment_id: key, status: "completed", ...row }]),
        },
      },
    });
    const outputs = buildOutputs("sync", await run(), redact);
    expect(redact(String(outputs.result))).toBe(outputs.result);
    expect(JSON.parse(String(outputs.result)).sessions[0].best.id).toBe("[redacted]");
    const failed = buildEmptyOutputs("failed", `found ${key}`, redact);
    expect(JSON.parse(String(failed.result)).sentence).toBe("found [redacted]");
  });

  it("names the pull request that carries the log", async () => {
    const [result] = await createRun().run();
    if (result?.kind !== "done" || result.work.update.kind !== "committed") throw new Error("no");
    const pullRequest = { number: 5, url: "https://github.test/pull/5" };
    const work = { ...result.work, update: { ...result.work.update, pullRequest } };
    const outputs = buildOutputs("sync", [{ ...result, work }], asIs);
    expect(outputs["pull-request"]).toBe("5");
    expect(JSON.parse(String(outputs.result)).sessions[0].pull_request).toEqual(pullRequest);
    expect(describeForPeople(work, result.comment)).toMatch(
      /^"mnist": committed a+1; comment created$/,
    );
  });
});

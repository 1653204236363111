import { describe, expect, it } from "vitest";
import { decodeLedger } from "../../src/core/command/ledger-codec.ts";
import { InputError, LogError } from "../../src/core/errors.ts";
import type { Observation } from "../../src/core/queue/observation.ts";
import { xax } from "../../src/core/queue/xax.ts";
import { readMetrics } from "../../src/modes/read-metrics.ts";
import { renderNothing, syncSession } from "../../src/modes/sync-session.ts";
import { LEDGER, queuedFiles } from "../builders/launching.ts";
import { cellsOf, LOG_PATH, logText, NOW, readLog } from "../builders/log.ts";
import { clock, reporterOf, request, SETTINGS } from "../builders/modes.ts";
import { endedJob, settingsOf, xaxJob, xaxStatus } from "../builders/xax.ts";
import { createFakeQueue, type FakeQueueOptions } from "../fakes/queue.ts";
import { createFakeStore, type FakeStoreOptions } from "../fakes/store.ts";

const LOG = "experiment_log.csv";

interface Scene {
  readonly files?: Readonly<Record<string, string>>;
  readonly status?: string;
  readonly queue?: FakeQueueOptions;
  readonly store?: FakeStoreOptions;
}

async function run(scene: Scene) {
  const store = createFakeStore({ mnist: scene.files ?? { "session.yml": SETTINGS } }, scene.store);
  const queue = createFakeQueue(scene.status ?? xaxStatus(xaxJob()), scene.queue);
  const reporter = reporterOf();
  const ports = { store, queue, clock, reporter };
  const synced = () => syncSession(ports, { ...request, session: "mnist", render: renderNothing });
  return { synced, store, queue, reporter, log: () => readLog(String(store.texts("mnist")[LOG])) };
}

const COMMAND = "queue: { concurrency: 2 }\n";
const ids = ["a", "b", "c", "d", "e"];
const finished = xaxStatus(...ids.map((job_id) => endedJob({ job_id })));

describe("syncSession", () => {
  it("records the queue and commits once, then has nothing to do", async () => {
    const { synced, store, log } = await run({});
    const first = await synced();
    expect(first.update.kind).toBe("committed");
    expect(first.sourceAgeSeconds).toBe(7);
    expect(store.messages).toEqual(["mnist: 1 running\n\n- job-1: new → running\n\n[skip ci]"]);
    expect(cellsOf(log(), 0)).toMatchObject({ experiment_id: "job-1", objective_metric: "loss" });
    expect((await synced()).update.kind).toBe("unchanged");
    expect(store.messages).toHaveLength(1);
  });

  it("knows a job that a killed run has launched by its operation id, and makes no row for it", async () => {
    const files = queuedFiles({}, [{ outcome: "launching", detail: "run r1" }]);
    const status = xaxStatus(xaxJob({ command: "train.py --name aaaaaaaaaaaaaaaaaaaa" }));
    const { synced, store, log } = await run({ files, status });
    const { outcome } = await synced();
    expect(log().rowCount).toBe(1);
    expect(cellsOf(log(), 0)).toMatchObject({
      experiment_id: "exp-1",
      queue_job_id: "job-1",
      status: "running",
    });
    const ledger = decodeLedger(Buffer.from(String(store.texts("mnist")[LEDGER])), LEDGER);
    expect(ledger.entries.at(-1)).toMatchObject({ outcome: "launched", detail: "job-1" });
    expect(outcome.changes.map(({ kind }) => kind)).toEqual(["moved", "moved"]);
    expect((await synced()).update.kind).toBe("unchanged");
  });

  it("begins a log with its header where the queue has no job", async () => {
    const { synced, store } = await run({ status: xaxStatus() });
    await synced();
    expect(store.texts("mnist")[LOG]).toBe(logText([]));
    expect(store.messages).toEqual(["mnist: refresh the report\n\n[skip ci]"]);
  });

  it("applies what it read to the newest log when another writer came first", async () => {
    const other = { [LOG]: logText([{ experiment_id: "other", notes: "kept" }]) };
    const { synced, log } = await run({ store: { meanwhile: { mnist: other } } });
    const { outcome } = await synced();
    expect([0, 1].map((row) => log().cell(row, "experiment_id"))).toEqual(["other", "job-1"]);
    expect(log().cell(0, "notes")).toBe("kept");
    expect(outcome.changes).toHaveLength(1);
  });

  it("writes nothing over a log that cannot be read", async () => {
    const broken = `${logText([{}])}<<<<<<< HEAD\n`;
    const { synced, store } = await run({ files: { "session.yml": SETTINGS, [LOG]: broken } });
    await expect(synced()).rejects.toThrow(LogError);
    await expect(synced()).rejects.toThrow(`${LOG_PATH}:3:1: found a git conflict marker`);
    expect(store.texts("mnist")[LOG]).toBe(broken);
  });

  it("writes nothing when the status cannot be read", async () => {
    const { synced, store } = await run({ status: "Traceback" });
    await expect(synced()).rejects.toThrow(InputError);
    expect(store.messages).toEqual([]);
  });

  it("writes an owner to rows without one and hides what redaction hides", async () => {
    const { store, queue, reporter } = await run({ status: xaxStatus(xaxJob({ command: "x y" })) });
    await syncSession(
      { store, queue, clock, reporter },
      {
        ...request,
        session: "mnist",
        owner: "ann",
        render: renderNothing,
        createRedactor: () => (text) => text.replace("x", "*"),
      },
    );
    const log = readLog(String(store.texts("mnist")[LOG]));
    expect(cellsOf(log, 0)).toMatchObject({ owner: "ann", command: "* y" });
  });

  it("takes only the jobs that belong to the session", async () => {
    const settings = "queue: { status: { file: s.json }, include: { task_key: a.* } }\n";
    const status = xaxStatus(
      xaxJob({ task_key: "a.b" }),
      xaxJob({ job_id: "job-2", task_key: "b" }),
    );
    const { synced, log } = await run({ files: { "session.yml": settings }, status });
    expect((await synced()).outcome.syncedJobs).toBe(1);
    expect(log().rowCount).toBe(1);
  });
});

describe("metrics", () => {
  it("are never asked of a command when the status comes from a file", async () => {
    const { synced, queue } = await run({ status: finished });
    await synced();
    expect(queue.asked).toEqual(["status.json"]);
  });

  it("come from the run folders then, where those are on this machine", async () => {
    const { synced, queue, log } = await run({
      status: xaxStatus(
        endedJob({ run_dir: "/r1" }),
        endedJob({ job_id: "job-2", run_dir: "/r2" }),
      ),
      queue: { folders: { "/r1": '{"loss": 0.5}' } },
    });
    await synced();
    expect(queue.asked).toEqual(["status.json", "/r1/metrics.json", "/r2/metrics.json"]);
    expect(log().cell(0, "objective_value")).toBe("0.5");
  });

  it("are asked by the kind's commands, some at a time, and one that fails is a warning", async () => {
    const metrics = Object.fromEntries(ids.slice(1).map((id) => [id, '{"loss": 1}']));
    const { synced, queue, reporter, log } = await run({
      files: { "session.yml": COMMAND },
      status: finished,
      queue: { metrics },
    });
    const { outcome } = await synced();
    expect(queue.asked).toEqual([
      "xax queue status --json",
      ...ids.map((id) => `xax queue metrics ${id} --json`),
    ]);
    expect(queue.most()).toBe(2);
    expect(reporter.said).toEqual(["reading the metrics of 5 jobs"]);
    expect(outcome.warnings).toEqual([
      'no metrics of job "a": the command failed with exit code 1',
    ]);
    expect(ids.map((_, row) => log().cell(row, "metrics_json"))).toEqual([
      "",
      ...Array(4).fill('{"loss": 1}'),
    ]);
  });

  it("that are no JSON are a warning for their job", async () => {
    const { synced } = await run({
      files: { "session.yml": COMMAND },
      queue: { metrics: { "job-1": "oops" } },
    });
    const { outcome } = await synced();
    expect(outcome.warnings).toEqual([
      expect.stringMatching(
        /^no metrics of job "job-1": xax queue metrics job-1 --json:1:1: is not JSON/,
      ),
    ]);
    expect(outcome.changes).toHaveLength(1);
  });

  it.each([
    ["a job that waits", xaxJob({ status: "queued" })],
    ["a job that never started", endedJob({ status: "cancelled", started_at: null })],
  ])("are not asked for %s", async (_name, job) => {
    const scene = { files: { "session.yml": COMMAND }, status: xaxStatus(job) };
    const { synced, queue, reporter } = await run(scene);
    await synced();
    expect(queue.asked).toEqual(["xax queue status --json"]);
    expect(reporter.said).toEqual([]);
  });

  it("are not asked at all where session.yml says so", async () => {
    const settings = "queue: { metrics: false }\n";
    const { synced, queue } = await run({ files: { "session.yml": settings }, status: finished });
    await synced();
    expect(queue.asked).toEqual(["xax queue status --json"]);
  });

  it("are asked by the session's own command, the id in its place as it is", async () => {
    const settings =
      "queue: { status: [s], metrics: [m, 'id={queue_job_id}', '{queue_job_id}'] }\n";
    const { synced, queue } = await run({
      files: { "session.yml": settings },
      status: xaxStatus(xaxJob({ job_id: "$&$1" })),
      queue: { metrics: { "$&$1": "{}" } },
    });
    expect((await synced()).outcome.warnings).toEqual([]);
    expect(queue.asked).toEqual(["s", "m id=$&$1 $&$1"]);
  });

  it("are not asked for an id that a command would take for an option", async () => {
    const queue = createFakeQueue("");
    const [job] = xax.parseStatus(xaxStatus(xaxJob()), "s").observations as [Observation];
    const { warnings } = await readMetrics(
      { queue, reporter: reporterOf() },
      {
        settings: settingsOf(),
        readLog: async () => readLog(""),
        now: NOW,
        kind: xax,
        observations: [{ ...job, jobId: "--help" }],
      },
    );
    expect(warnings).toEqual([
      'no metrics of job "--help": its id begins with a dash, which the command would take for an option',
    ]);
    expect(queue.asked).toEqual([]);
  });
});

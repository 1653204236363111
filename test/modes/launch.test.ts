import { describe, expect, it } from "vitest";
import { decodeLedger } from "../../src/core/command/ledger-codec.ts";
import { InputError, RemoteError } from "../../src/core/errors.ts";
import { cancelJob } from "../../src/modes/cancel-job.ts";
import { type LaunchRequest, launchQueued } from "../../src/modes/launch.ts";
import type { LaunchAttempt } from "../../src/ports/launcher.ts";
import { LAUNCH } from "../builders/launch.ts";
import {
  createFakeLauncher,
  ENDED,
  LEDGER,
  LOG,
  launchReporter,
  launchRequest,
  movingClock,
  queuedFiles,
} from "../builders/launching.ts";
import { cellsOf, NOW, readLog } from "../builders/log.ts";
import { endedJob, settingsOf, xaxJob, xaxStatus } from "../builders/xax.ts";
import { createFakeQueue } from "../fakes/queue.ts";
import { createFakeStore, type FakeStore, type FakeStoreOptions } from "../fakes/store.ts";

const JOB = "job-0000012";
const OP = "aaaaaaaaaaaaaaaaaaaa";
const later = Date.parse(NOW) / 1000 + 1;

interface Scene {
  readonly files?: Record<string, string>;
  readonly store?: FakeStoreOptions;
  readonly attempt?: LaunchAttempt;
  /** What the queue lists, one status a reading; the last one stays. */
  readonly statuses?: readonly string[];
  readonly request?: Partial<LaunchRequest>;
}

/** A queue whose status moves on with each reading. */
function queueOf(statuses: readonly string[]) {
  const left = [...statuses];
  return {
    ...createFakeQueue(""),
    readStatus: async () => {
      const text = (left.length > 1 ? left.shift() : left[0]) ?? xaxStatus();
      if (text === "unreachable") throw new InputError("the command failed with exit code 1");
      return { text, source: "xax queue status --json" };
    },
  };
}

const sceneOf = (scene: Scene) => {
  const store = createFakeStore({ mnist: scene.files ?? queuedFiles() }, scene.store);
  const launcher = createFakeLauncher(() => scene.attempt ?? ENDED);
  const clock = movingClock();
  const reporter = launchReporter();
  const queue = queueOf(scene.statuses ?? [xaxStatus()]);
  const ports = { store, launcher, clock, reporter, queue };
  const run = async () => launchQueued(ports, await launchRequest(scene.request));
  return { ...ports, run };
};

const ledgerOf = (store: FakeStore) =>
  decodeLedger(Buffer.from(String(store.texts("mnist")[LEDGER])), LEDGER).entries;
const outcomesOf = (store: FakeStore) => ledgerOf(store).map(({ outcome }) => outcome);
const rowOf = (store: FakeStore) => cellsOf(readLog(String(store.texts("mnist")[LOG])), 0);

describe("a queued experiment", () => {
  it("is claimed, started and recorded, and then there is nothing to do", async () => {
    const { run, store, launcher, reporter } = sceneOf({});
    const { outcomes, update } = await run();
    expect(outcomes).toEqual([{ kind: "launched", experimentId: "exp-1", jobId: JOB }]);
    expect(launcher.started).toEqual([
      { argv: ["python", "train.py", "--lr=0.1"], operationId: OP, experimentId: "exp-1" },
    ]);
    expect(outcomesOf(store)).toEqual(["queued-for-launch", "launching", "launched"]);
    expect(rowOf(store)).toMatchObject({ status: "queued", queue_job_id: JOB });
    expect(store.messages.map((message) => message.split("\n")[0])).toEqual([
      "mnist: launching",
      "mnist: launched",
    ]);
    expect(update?.kind).toBe("committed");
    expect(update?.value.facts.launches.get("exp-1")).toMatchObject({ kind: "launched" });
    expect(store.texts("mnist")).toHaveProperty(["experiment_report.md"]);
    expect(reporter.said).toEqual(['launching experiment "exp-1"']);
    expect(await run()).toEqual({ outcomes: [] });
    expect(launcher.started).toHaveLength(1);
  });

  it("is only read when there is nothing to start, or it is refused", async () => {
    const { store, run, ...ports } = sceneOf({});
    await run();
    const reading = { ...store, update: () => Promise.reject(new Error("A read wrote.")) };
    const launch = async (experimentIds?: readonly string[]) =>
      launchQueued(
        { ...ports, store: reading },
        await launchRequest({ ...(experimentIds && { experimentIds }) }),
      );
    expect(await launch()).toEqual({ outcomes: [] });
    const { outcomes } = await launch(["exp-1", "exp-9"]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["not-started", "refused"]);
  });

  it("is claimed by a commit before the program starts", async () => {
    const store = createFakeStore({ mnist: queuedFiles() });
    let seen: readonly string[] = [];
    const launcher = createFakeLauncher(() => {
      seen = outcomesOf(store);
      return ENDED;
    });
    const ports = { store, launcher, clock: movingClock(), reporter: launchReporter() };
    await launchQueued({ ...ports, queue: queueOf([]) }, await launchRequest());
    expect(seen).toEqual(["queued-for-launch", "launching"]);
  });

  it("is left alone where the loop was stopped meanwhile, on whichever branch", async () => {
    const stopped = { "session.yml": "paused: true\n" };
    const inLog = sceneOf({ store: { meanwhile: { mnist: stopped } } });
    expect((await inLog.run()).outcomes).toMatchObject([{ kind: "refused" }]);
    const trusted = sceneOf({
      request: { settings: settingsOf({ launch: LAUNCH, paused: true }) },
    });
    expect((await trusted.run()).outcomes).toMatchObject([{ kind: "refused" }]);
    expect([...inLog.launcher.started, ...trusted.launcher.started]).toEqual([]);
  });

  it("runs what the trusted branch says, whatever the log's branch says", async () => {
    const session = "launch: { command: [evil, '{args...}'], allow: ['*'], public: true }\n";
    const { run, launcher } = sceneOf({ files: { ...queuedFiles(), "session.yml": session } });
    await run();
    expect(launcher.started[0]?.argv[0]).toBe("python");
  });

  it("is not launched from a public repository, and nobody is asked when nothing waits", async () => {
    let asked = 0;
    const visibility = async () => {
      asked += 1;
      return "public" as const;
    };
    const { run, launcher } = sceneOf({ request: { visibility } });
    expect((await run()).outcomes).toMatchObject([
      { kind: "refused", reason: expect.stringContaining("The repository is public") },
    ]);
    const idle = sceneOf({ files: { "session.yml": "" }, request: { visibility } });
    expect(await idle.run()).toEqual({ outcomes: [] });
    expect([launcher.started, asked]).toEqual([[], 1]);
    const inside = sceneOf({ request: { visibility: async () => "internal" } });
    expect((await inside.run()).outcomes).toMatchObject([{ kind: "launched" }]);
  });

  it("is not started where nothing is written", async () => {
    const { run, launcher, store } = sceneOf({ store: { isDryRun: true } });
    expect((await run()).outcomes).toEqual([
      {
        kind: "not-started",
        why: "rehearsal",
        experimentId: "exp-1",
        reason:
          'Nothing is written in this run; another would start "python" "train.py" "--lr=0.1".',
      },
    ]);
    expect([launcher.started, outcomesOf(store)]).toEqual([[], ["queued-for-launch"]]);
  });

  it("waits while the queue cannot be asked", async () => {
    const { run, launcher, store } = sceneOf({ statuses: ["unreachable"] });
    expect((await run()).outcomes).toMatchObject([
      {
        kind: "not-started",
        why: "unreadable",
        reason: expect.stringContaining("nothing was started"),
      },
    ]);
    expect([launcher.started, outcomesOf(store)]).toEqual([[], ["queued-for-launch"]]);
  });

  it("whose job the queue has already, under its operation, is not put there twice", async () => {
    const there = xaxStatus(xaxJob({ job_id: "job-0000003", run_dir: `/runs/${OP}` }));
    const { run, launcher } = sceneOf({ statuses: [there] });
    expect((await run()).outcomes).toMatchObject([{ kind: "launched", jobId: "job-0000003" }]);
    expect(launcher.started).toEqual([]);
  });

  it("gets a source before its job's id where several queues feed the log", async () => {
    const settings = settingsOf({ launch: LAUNCH, queue: { source: "gpu01" } });
    const { run, store } = sceneOf({ request: { settings } });
    await run();
    expect(rowOf(store)["queue_job_id"]).toBe(`gpu01/${JOB}`);
  });
});

describe("a launch command that", () => {
  const fresh = xaxStatus(xaxJob({ job_id: "job-0000020", enqueued_at: later }));
  const named = xaxJob({ job_id: "job-0000021", enqueued_at: later, command: `train --op=${OP}` });
  const silent: LaunchAttempt = { kind: "ended", output: "done" };
  const failed: LaunchAttempt = { kind: "failed", reason: "It failed." };
  const unclear: LaunchAttempt = { kind: "unclear", reason: "Late." };
  const none: LaunchAttempt = { kind: "not-started", reason: "No hunter2222 here." };

  it.each([
    ["names no job, but the queue has a new one", silent, [xaxStatus(), fresh], "launched"],
    ["names no job, and the queue has none", silent, [xaxStatus()], "unknown"],
    ["fails, and the queue has no new job", failed, [xaxStatus()], "failed"],
    ["fails, but its job is in the queue", failed, [xaxStatus(), xaxStatus(named)], "launched"],
    ["fails, and the queue has a job of who knows whom", failed, [xaxStatus(), fresh], "unknown"],
    ["fails, and the queue cannot be asked then", failed, [xaxStatus(), "unreachable"], "unknown"],
    ["takes too long, and the queue has no new job", unclear, [xaxStatus()], "unknown"],
    ["takes too long, but the queue has a new job", unclear, [xaxStatus(), fresh], "launched"],
    ["is not there", none, [xaxStatus()], "failed"],
    ["names a job from before", ENDED, [xaxStatus(xaxJob({ job_id: JOB }))], "unknown"],
  ] as const)("%s", async (_name, attempt, statuses, kind) => {
    const { run, store } = sceneOf({ attempt, statuses });
    const { outcomes } = await run();
    expect(outcomes).toMatchObject([{ kind }]);
    const line = ledgerOf(store).at(-1);
    expect(line?.outcome).toBe(kind === "launched" ? kind : `launch-${kind}`);
    expect(line?.detail).not.toContain("hunter2222");
    expect(rowOf(store)["status"]).toBe(kind === "launched" ? "queued" : "planned");
    expect("queue_job_id" in rowOf(store)).toBe(kind === "launched");
    expect((await run()).outcomes).toEqual([]);
  });

  it("fails is unknown where the status is a file that may be older than that", async () => {
    const failure = { kind: "failed", reason: "It failed." } as const;
    const launched = async (ageSeconds: number, seconds: number) => {
      const store = createFakeStore({ mnist: queuedFiles() });
      const clock = movingClock();
      const launcher = createFakeLauncher(() => {
        clock.move(seconds);
        return failure;
      });
      const readStatus = async () => ({ text: xaxStatus(), source: "status.json", ageSeconds });
      const queue = { ...createFakeQueue(""), readStatus };
      const ports = { store, launcher, clock, reporter: launchReporter(), queue };
      return (await launchQueued(ports, await launchRequest())).outcomes[0]?.kind;
    };
    expect(await launched(7, 5)).toBe("unknown");
    expect(await launched(7, 8)).toBe("unknown");
    expect(await launched(7, 9)).toBe("failed");
  });

  it("submitted a job that a sync has met by then is unknown, and says where the job is", async () => {
    const store = createFakeStore({ mnist: queuedFiles() });
    const launcher = createFakeLauncher(async () => {
      await store.update("mnist", ({ files }) => {
        const log = String(files.get(LOG));
        const row = log.split("\n")[1]?.replace("exp-1,,", `${JOB},,${JOB}`) ?? "";
        const bytes = Buffer.from(`${log}${row.replace("planned", "queued")}\n`);
        return {
          files: new Map([[LOG, bytes]]),
          message: { headline: "", body: "" },
          value: undefined,
        };
      });
      return ENDED;
    });
    const ports = { store, launcher, clock: movingClock(), reporter: launchReporter() };
    const { outcomes } = await launchQueued(
      { ...ports, queue: queueOf([]) },
      await launchRequest(),
    );
    expect(outcomes).toMatchObject([
      { kind: "unknown", reason: expect.stringContaining(`recorded as experiment "${JOB}"`) },
    ]);
  });

  it("is started, but cannot be recorded, names its job before the error ends the run", async () => {
    const { run, store, reporter } = sceneOf({});
    const update = store.update.bind(store);
    let left = 1;
    store.update = async (session, edit) => {
      left -= 1;
      if (left < 0) throw new RemoteError("GitHub is away.");
      return await update(session, edit);
    };
    await expect(run()).rejects.toThrow("GitHub is away.");
    expect(reporter.said).toContain(
      `warning: Experiment "exp-1" was launched as job "${JOB}", and that could not be recorded; the ledger still says that it is being launched.`,
    );
    expect(outcomesOf(store)).toEqual(["queued-for-launch", "launching"]);
  });
});

describe("what another run began to launch", () => {
  const launching = { outcome: "launching", detail: "run other" } as const;
  const past = { ...launching, at: "2026-11-23T08:00:00Z" };

  it("is that run's while it can be alive", async () => {
    const { run, launcher } = sceneOf({ files: queuedFiles({}, [launching]) });
    expect((await run()).outcomes).toMatchObject([{ kind: "not-started", why: "busy" }]);
    expect(launcher.started).toEqual([]);
  });

  it("is looked for in the queue afterwards, and never started again", async () => {
    const there = xaxStatus(xaxJob({ job_id: "job-0000003", command: `x --op=${OP}` }));
    const found = sceneOf({ files: queuedFiles({}, [past]), statuses: [there] });
    expect((await found.run()).outcomes).toMatchObject([{ kind: "launched" }]);
    const lost = sceneOf({ files: queuedFiles({}, [past]) });
    expect((await lost.run()).outcomes).toMatchObject([{ kind: "unknown" }]);
    expect(outcomesOf(lost.store).at(-1)).toBe("launch-unknown");
    expect((await lost.run()).outcomes).toEqual([]);
    const away = sceneOf({ files: queuedFiles({}, [past]), statuses: ["unreachable"] });
    expect((await away.run()).outcomes).toMatchObject([{ kind: "not-started" }]);
    for (const { launcher } of [found, lost, away]) expect(launcher.started).toEqual([]);
  });

  it("is launched when its row has the job, as a crash between two files leaves it", async () => {
    const row = { queue_job_id: "job-0000003", status: "queued" };
    const { run } = sceneOf({ files: queuedFiles(row, [past]) });
    expect((await run()).outcomes).toMatchObject([{ kind: "launched", jobId: "job-0000003" }]);
  });
});

describe("runs at the same time", () => {
  it("start a program once, however they interleave", async () => {
    const store = createFakeStore({ mnist: queuedFiles() });
    const launcher = createFakeLauncher(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return ENDED;
    });
    const clock = movingClock();
    const ports = { store, launcher, clock, reporter: launchReporter(), queue: queueOf([]) };
    const request = await launchRequest();
    const reports = await Promise.all(
      Array.from({ length: 8 }, () => launchQueued(ports, request)),
    );
    const kinds = reports.flatMap(({ outcomes }) => outcomes.map(({ kind }) => kind));
    expect(launcher.started).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "launched")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "not-started")).toHaveLength(7);
    expect(outcomesOf(store)).toEqual(["queued-for-launch", "launching", "launched"]);
  });
});

describe("a person's word", () => {
  const word = { actor: "bob", isForced: false };
  const approved = () => {
    const files = queuedFiles();
    return { ...files, [LEDGER]: String(files[LEDGER]).replace("queued-for-launch", "approved") };
  };

  it("launches what is approved, once, and stands in the ledger", async () => {
    const request = { experimentIds: ["exp-1", "exp-1"], word };
    const { run, store, launcher } = sceneOf({ files: approved(), request });
    expect((await run()).outcomes).toMatchObject([{ kind: "launched" }]);
    expect((await run()).outcomes).toMatchObject([
      { kind: "refused", reason: `Experiment "exp-1" was launched as job "${JOB}".` },
    ]);
    expect(launcher.started).toHaveLength(1);
    expect(outcomesOf(store)).toEqual(["approved", "queued-for-launch", "launching", "launched"]);
    expect(ledgerOf(store)[1]).toMatchObject({
      actor: "bob",
      commentUrl: "",
      commentId: expect.stringMatching(/^local-[0-9a-z]{16,}$/),
      command: expect.stringMatching(/^\/launch/),
    });
  });

  it("does nothing about what nobody approved, or there is none of", async () => {
    const files = { ...queuedFiles(), [LEDGER]: "" };
    const { run, launcher } = sceneOf({ files, request: { experimentIds: ["exp-1", "x"], word } });
    expect((await run()).outcomes).toMatchObject([{ kind: "refused" }, { kind: "refused" }]);
    expect(launcher.started).toEqual([]);
  });
});

describe("a job that is to be cancelled", () => {
  const cancel = async (status: string, jobId = "job-1", source?: string) => {
    const launcher = createFakeLauncher(() => ENDED);
    const settings = settingsOf(source === undefined ? {} : { queue: { source } });
    const result = await cancelJob({ queue: queueOf([status]), launcher }, { settings, jobId });
    return { ...result, ran: launcher.cancelled };
  };

  it("is cancelled while it waits, and killed while it runs", async () => {
    expect(await cancel(xaxStatus(xaxJob({ status: "queued" })))).toEqual({
      kind: "cancelled",
      sentence: 'Job "job-1" was cancelled in the queue.',
      ran: ["xax queue cancel job-1"],
    });
    const running = await cancel(xaxStatus(xaxJob()), "gpu01/job-1", "gpu01");
    expect(running.ran).toEqual(["xax queue kill job-1"]);
  });

  it("is left alone when it has ended, is not listed, or nobody can be asked", async () => {
    expect(await cancel(xaxStatus(endedJob()))).toMatchObject({
      kind: "ended",
      sentence: 'Job "job-1" is completed already.',
      ran: [],
    });
    expect(await cancel(xaxStatus(), "--help")).toMatchObject({ kind: "ended", ran: [] });
    expect(await cancel("unreachable")).toMatchObject({ kind: "running", ran: [] });
  });

  it("may still run when the queue's command fails", async () => {
    const launcher = createFakeLauncher(() => ENDED);
    launcher.cancel = async () => ({ kind: "failed", reason: "It failed." });
    const queue = queueOf([xaxStatus(xaxJob())]);
    const settings = settingsOf();
    expect(await cancelJob({ queue, launcher }, { settings, jobId: "job-1" })).toEqual({
      kind: "running",
      sentence: 'Job "job-1" may still run, it could not be cancelled: It failed.',
    });
  });
});

import { describe, expect, it } from "vitest";
import { InputError, RefusedError } from "../../src/core/errors.ts";
import { createRedactor } from "../../src/core/text/redact.ts";
import { checkSession } from "../../src/modes/check.ts";
import { report, reportSession } from "../../src/modes/report.ts";
import { type StartRequest, start } from "../../src/modes/start.ts";
import { upsertExperiment } from "../../src/modes/upsert.ts";
import { cellsOf, logText, NOW, readLog } from "../builders/log.ts";
import { announcementOf, clock, request, SETTINGS, sha256 } from "../builders/modes.ts";
import { createFakeComments } from "../fakes/comments.ts";
import { createFakeStore } from "../fakes/store.ts";

const LOG = "experiment_log.csv";
const OLD = "2026-01-01T00:00:00Z";

describe("start", () => {
  const asked = (overrides: Partial<StartRequest> = {}): StartRequest => ({
    session: "mnist",
    demand: "either",
    objective: { metric: "val/loss", mode: "min" },
    issue: 12,
    queueKind: "xax",
    schema: "https://schema.test",
    redact: (text) => text,
    experimentsPath: undefined,
    ...overrides,
  });

  it("creates settings, an empty log and its report in one commit", async () => {
    const store = createFakeStore({});
    expect((await start(store, asked())).mode).toBe("new");
    const texts = store.texts("mnist");
    expect(Object.keys(texts).sort()).toEqual([LOG, "experiment_report.md", "session.yml"]);
    expect(texts[LOG]).toBe(logText([]));
    expect(texts["session.yml"]).toContain("val/loss");
    expect(texts["session.yml"]).toContain("issue: 12");
    expect(store.messages).toEqual(["mnist: start the session\n\n[skip ci]"]);
  });

  it("resumes: adds what is missing and changes nothing that is there", async () => {
    const files = { "session.yml": SETTINGS, [LOG]: logText([{ status: "running" }], "\r\n") };
    const store = createFakeStore({ mnist: files });
    const { mode, update } = await start(store, asked({ demand: "resume" }));
    expect(mode).toBe("resume");
    expect("files" in update && update.files).toEqual(["experiment_report.md"]);
    expect(store.texts("mnist")).toMatchObject(files);
    expect(store.texts("mnist")["experiment_report.md"]).toContain("1 running");
    expect((await start(store, asked())).update.kind).toBe("unchanged");
  });

  it("keeps a log that another writer makes meanwhile", async () => {
    const other = { [LOG]: logText([{ notes: "kept" }]) };
    const store = createFakeStore({}, { meanwhile: { mnist: other } });
    await start(store, asked({ demand: "new", issue: undefined, queueKind: undefined }));
    expect(store.texts("mnist")).toMatchObject(other);
  });

  it("refuses a new session that exists, and to resume one that does not", async () => {
    const store = createFakeStore({ mnist: { [LOG]: logText([]) } });
    await expect(start(store, asked({ demand: "new" }))).rejects.toThrow(
      "the session mnist exists already: experiments/mnist",
    );
    const missing = start(store, asked({ session: "other", demand: "resume" }));
    await expect(missing).rejects.toThrow("there is no session other: experiments/other");
    await expect(missing).rejects.toThrow(InputError);
    expect(store.messages).toEqual([]);
  });
});

describe("upsertExperiment", () => {
  const files = {
    [LOG]: logText([
      { experiment_id: "a", status: "completed", metrics_json: '{"n": 1.0}', updated_at: OLD },
      { experiment_id: "b" },
    ]),
  };

  async function upsert(
    experimentId: string,
    patch: object,
    metrics: Record<string, unknown> = {},
    settings?: string,
  ) {
    const withSettings = settings === undefined ? files : { ...files, "session.yml": settings };
    const store = createFakeStore({ mnist: withSettings });
    const update = await upsertExperiment(
      { store, clock },
      {
        session: "mnist",
        experimentId,
        patch,
        metrics: new Map(Object.entries(metrics)),
        createRedactor: (known) =>
          createRedactor({ home: "/home/ml", secrets: [], settings: known.redact }),
      },
    );
    const log = readLog(String(store.texts("mnist")[LOG]));
    return { update, messages: store.messages, cells: cellsOf(log, log.rowOf(experimentId) ?? -1) };
  }

  it.each([
    ["new", {}, "created", "mnist: 1 planned\n\n- new: new → planned"],
    ["new", { status: "failed" }, "created", "mnist: 1 failed\n\n- new: new → failed"],
    ["a", { notes: "x" }, "updated", "mnist: 1 updated\n\n- a: updated"],
    ["a", { notes: "x", status: "completed" }, "updated", "mnist: 1 updated\n\n- a: updated"],
    [
      "a",
      { status: "superseded" },
      "updated",
      "mnist: 1 superseded\n\n- a: completed → superseded",
    ],
    ["b", { status: "running" }, "updated", "mnist: 1 running\n\n- b: new → running"],
  ])("of %s with %j has it %s", async (id, patch, mode, message) => {
    const { update, messages } = await upsert(id, patch);
    expect(update).toMatchObject({ kind: "committed", value: mode });
    expect(messages).toEqual([`${message}\n\n[skip ci]`]);
  });

  it("merges metrics by key", async () => {
    const { cells } = await upsert("a", {}, { m: 2 });
    expect(cells["metrics_json"]).toBe('{"m": 2, "n": 1.0}');
    expect(cells["updated_at"]).toBe(NOW);
    expect((await upsert("new", {}, { m: "x" })).cells["metrics_json"]).toBe('{"m": "x"}');
  });

  it("redacts what a person wrote, yet no id, status, value or time", async () => {
    const store = createFakeStore({ mnist: files });
    const patch = {
      parent_experiment_id: "e-1",
      queue_job_id: "e-2",
      status: "queued",
      objective_mode: "min",
      objective_value: "1e-5",
      started_at: NOW,
      notes: "secret",
    };
    const createRedactor = () => (text: string) => text.replaceAll("e", "*");
    await upsertExperiment(
      { store, clock },
      { session: "mnist", experimentId: "b", patch, metrics: new Map(), createRedactor },
    );
    const log = readLog(String(store.texts("mnist")[LOG]));
    expect(cellsOf(log, 1)).toMatchObject({ ...patch, notes: "s*cr*t" });
  });

  it("redacts the names and texts of metrics as any cell", async () => {
    const token = `ghp_${"a1B2c3D4e5".repeat(4).slice(0, 36)}`;
    const metrics = { loss: 0.5, [token]: 1, deep: [{ note: `see ${token}` }] };
    const { cells } = await upsert("new", {}, metrics);
    expect(cells["metrics_json"]).toBe(
      '{"[redacted]": 1, "deep": [{"note": "see [redacted]"}], "loss": 0.5}',
    );
  });

  it("commits nothing when nothing moves", async () => {
    const { update, messages } = await upsert("a", { status: "completed" }, { n: 1 });
    expect(update).toMatchObject({ kind: "unchanged", value: "unchanged" });
    expect(messages).toEqual([]);
  });

  it("takes out what the session's redact says, in texts only", async () => {
    const settings = 'redact: { paths: false, patterns: ["secret-*"] }\n';
    const patch = { notes: "see secret-host at /home/ml/x", status: "failed" };
    const { cells } = await upsert("new", patch, {}, settings);
    expect(cells).toMatchObject({ notes: "see [redacted] at /home/ml/x", status: "failed" });
    expect((await upsert("new", patch)).cells["notes"]).toBe("see secret-host at ~/x");
  });

  it("gives a value without a metric the session's objective, and leaves a named one", async () => {
    const settings = "objective: { metric: val/loss, mode: min }\n";
    const objective = ["objective_metric", "objective_mode", "objective_value"] as const;
    const read = async (patch: object) => {
      const { cells } = await upsert("new", patch, {}, settings);
      return objective.map((column) => cells[column] ?? "");
    };
    expect(await read({ objective_value: "0.3" })).toEqual(["val/loss", "min", "0.3"]);
    expect(await read({ objective_value: "0.3", objective_metric: "acc" })).toEqual([
      "acc",
      "",
      "0.3",
    ]);
    expect(await read({ objective_value: "0.3", objective_metric: "val/loss" })).toEqual([
      "val/loss",
      "min",
      "0.3",
    ]);
    expect(await read({ notes: "x" })).toEqual(["", "", ""]);
    const mine = await read({ objective_value: "0.3", objective_mode: "max" });
    expect(mine).toEqual(["val/loss", "max", "0.3"]);
  });

  it("refuses an illegal move", async () => {
    await expect(upsert("a", { status: "running" })).rejects.toThrow(RefusedError);
  });
});

describe("reportSession", () => {
  it("renders report, summary and badge from the log alone", async () => {
    const store = createFakeStore({ mnist: { [LOG]: logText([{ status: "completed" }]) } });
    const { update } = await reportSession(store, {
      ...request,
      sha256,
      session: "mnist",
      title: "Mine",
    });
    expect("files" in update && update.files).toEqual([
      "experiment_report.md",
      "summary.json",
      "badge.json",
    ]);
    expect(store.texts("mnist")["experiment_report.md"]).toContain("# Mine");
    expect(store.messages).toEqual(["mnist: refresh the report\n\n[skip ci]"]);
  });

  it("refuses a session without a log", async () => {
    const store = createFakeStore({ mnist: { "session.yml": SETTINGS } });
    await expect(reportSession(store, { ...request, sha256, session: "mnist" })).rejects.toThrow(
      "there is no log experiments/mnist/experiment_log.csv",
    );
  });

  it("is announced for every session asked for", async () => {
    const store = createFakeStore({ mnist: { "session.yml": SETTINGS, [LOG]: logText([{}]) } });
    const comments = createFakeComments();
    const announcement = announcementOf(comments);
    const [result] = await report({ store, announcement }, undefined, request);
    expect(result).toMatchObject({ kind: "done", comment: { kind: "created" } });
  });
});

describe("checkSession", () => {
  it("counts the rows of a session in which all can be read", async () => {
    const store = createFakeStore({ mnist: { "session.yml": SETTINGS, [LOG]: logText([{}, {}]) } });
    expect(await checkSession(store, "mnist")).toEqual({ session: "mnist", rows: 2, problems: [] });
  });

  it("lists the problems of the log and of session.yml, not only the first", async () => {
    const store = createFakeStore({ mnist: { "session.yml": "isue: 1\n", [LOG]: "id\n" } });
    const { rows, problems } = await checkSession(store, "mnist");
    expect(rows).toBeUndefined();
    expect(problems.map(({ exitCode }) => exitCode)).toEqual([4, 2]);
  });

  it("checks the ledger too, whatever else is wrong", async () => {
    const files = { "session.yml": "isue: 1\n", [LOG]: logText([{}]), "command_log.csv": "id\n" };
    const { rows, problems } = await checkSession(createFakeStore({ mnist: files }), "mnist");
    expect(rows).toBe(1);
    expect(problems.map(({ message }) => message.split(" ")[0])).toEqual([
      "experiments/mnist/command_log.csv:1:1:",
      "experiments/mnist/session.yml:1:1:",
    ]);
  });

  it("misses the log of a session that has only a ledger", async () => {
    const store = createFakeStore({ mnist: { "command_log.csv": "" } });
    const { problems } = await checkSession(store, "mnist");
    expect(problems.map(({ message }) => message)).toEqual([
      "there is no log experiments/mnist/experiment_log.csv",
    ]);
  });

  it("takes a session without a log for a new one, and refuses one with nothing at all", async () => {
    const store = createFakeStore({ mnist: { "session.yml": SETTINGS } });
    expect(await checkSession(store, "mnist")).toEqual({ session: "mnist", rows: 0, problems: [] });
    const { rows, problems } = await checkSession(store, "mnsit");
    expect(rows).toBeUndefined();
    expect(problems.map(({ message }) => message)).toEqual([
      "there is no log experiments/mnsit/experiment_log.csv",
    ]);
    expect(problems[0]).toBeInstanceOf(InputError);
  });

  it("lists what keeps the files from being read, and hides no defect of the program", async () => {
    const store = createFakeStore({});
    const failing = (error: Error) => ({ ...store, read: () => Promise.reject(error) });
    const error = new InputError("the folder is a symlink");
    expect((await checkSession(failing(error), "mnist")).problems).toEqual([error]);
    await expect(checkSession(failing(new TypeError("oops")), "mnist")).rejects.toThrow(TypeError);
  });
});

import { describe, expect, it } from "vitest";
import { opId } from "../../../src/core/command/op-id.ts";
import { LogError } from "../../../src/core/errors.ts";
import { reviewSession } from "../../../src/core/review/review-session.ts";
import { LATER, NOW } from "../../builders/log.ts";
import { sha256 } from "../../builders/modes.ts";
import { processorTime } from "../processor-time.ts";
import {
  ENTRIES,
  type FileBytes,
  filesWith,
  line,
  newRow,
  ROWS,
  type Row,
  SETTINGS,
  textOf,
  withCells,
} from "./scene.ts";

const LOG = "experiments/mnist/experiment_log.csv";

function review(base: FileBytes, head: FileBytes) {
  const folder = "experiments/mnist";
  const sides = { base: { folder, files: base }, head: { folder, files: head } };
  return reviewSession({ session: "mnist", ...sides, now: NOW, sha256 }).review;
}

/** What is found where the cells of rows change. */
function findingsOf(
  cells: Readonly<Record<string, Row>>,
  base: Parameters<typeof filesWith>[0] = {},
) {
  const from = filesWith(base);
  return review(from, new Map([...from, ...filesWith({ ...base, log: withCells(cells) })]))
    .findings;
}

describe("a finding", () => {
  it("about a row that spans lines names them, and the cell's column in characters", () => {
    const [finding] = findingsOf({
      "exp-2": { owner: "é🔧,x", notes: "ü", updated_at: "2026-03-01T07:00:00Z" },
    });
    const record = textOf(
      withCells({ "exp-2": { owner: "é🔧,x", updated_at: "2026-03-01T07:00:00Z" } }),
    ).split("\n")[3] as string;
    const column = [...record.slice(0, record.indexOf("2026-03-01T07"))].length + 1;
    expect(finding).toMatchObject({
      path: LOG,
      line: 4,
      endLine: 4,
      column,
      experimentId: "exp-2",
    });
  });

  it("about a cell that spans lines ends where the cell does", () => {
    expect(findingsOf({ "exp-1": { hypothesis: "a\nb\nc" } })).toMatchObject([
      { code: "hypothesis-late", line: 2, endLine: 4 },
    ]);
  });

  it("behind characters outside ASCII counts characters", () => {
    const header = ["experiment_id", "notes", "status"];
    const of = (status: string) =>
      filesWith({ log: textOf([{ experiment_id: "é", notes: "é🔧", status }], { header }) });
    expect(review(of("queued"), of("planned")).findings).toMatchObject([
      { line: 2, endLine: 2, column: 6 },
    ]);
  });

  it("in the first cell of a file with a byte order mark does not count the mark", () => {
    const of = (id: string) => filesWith({ log: `\uFEFFexperiment_id,gpu\n${id},1\n` });
    expect(review(of("a"), of("b")).findings).toMatchObject([
      { code: "id-changed", line: 2, column: 1 },
    ]);
    const withoutGpu = filesWith({ log: "\uFEFFexperiment_id\na\n" });
    expect(review(of("a"), withoutGpu).findings[0]).toMatchObject({
      code: "column-removed",
      line: 1,
      endLine: 1,
    });
  });

  it("tells two ids apart that are drawn alike", () => {
    const of = (id: string) => filesWith({ log: `experiment_id,gpu\n${id},1\n` });
    const [finding] = review(of("\u00e9"), of("e\u0301")).findings;
    expect(finding?.sentence).toContain("(looks the same, is not)");
    expect(review(of("a"), of("b")).findings[0]?.sentence).not.toContain("looks the same");
  });

  it("about a cell whose column is not there stands at its row", () => {
    const header = ["experiment_id", "objective_metric", "status"];
    const of = (status: string) =>
      filesWith({ log: textOf([newRow("a", { status })], { header }) });
    const [finding] = review(of("running"), of("completed")).findings;
    expect(finding).toMatchObject({ code: "value-missing", line: 2, endLine: 2 });
    expect(finding).not.toHaveProperty("column");
  });

  it("says what is wrong and what to do, with outside text only quoted", () => {
    const id = "exp##[x]\n::error::";
    const base = filesWith({ log: [newRow(id, { status: "completed", objective_value: "1" })] });
    const head = filesWith({ log: [newRow(id, { status: "planned", objective_value: "2" })] });
    const said = review(base, head).findings.map(({ sentence }) => sentence);
    expect(said).toHaveLength(2);
    for (const sentence of said) expect(sentence).not.toMatch(/##\[|\n/);
    expect(said[0]).toContain("goes from completed to planned");
  });
});

describe("findings", () => {
  it("stand worst first, then by line and column", () => {
    const found = findingsOf({
      "exp-1": { created_at: "2026-02-01T00:00:00Z" },
      "exp-6": { status: "planned", parent_experiment_id: "gone" },
      "exp-4": { objective_value: "0.3" },
    });
    expect(found.map(({ level, line, code }) => `${level} ${line} ${code}`)).toEqual([
      "error 6 result-edited",
      "error 8 parent-missing",
      "error 8 status-illegal",
      "warning 2 created-at-changed",
    ]);
  });

  it("of several files stand by file", () => {
    const head = filesWith({
      log: withCells({ "exp-4": { status: "planned" } }),
      ledger: [],
      settings: "x: 1\n",
    });
    const files = review(filesWith(), head).findings.map(({ path }) => path.split("/").at(-1));
    expect(files).toEqual(["command_log.csv", "experiment_log.csv", "session.yml"]);
  });

  it("name at most five moved values and members of a cycle", () => {
    const metrics = (value: number) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`m${at}`, value])));
    const rows = (value: number, parent: (at: number) => string) =>
      Array.from({ length: 9 }, (_, at) =>
        newRow(`e${at}`, {
          status: "superseded",
          objective_value: "1",
          metrics_json: metrics(value),
          parent_experiment_id: parent(at),
        }),
      );
    const base = filesWith({ log: rows(1, () => "") });
    const head = filesWith({ log: rows(2, (at) => `e${(at + 1) % 9}`) });
    const { findings } = review(base, head);
    expect(findings.find(({ code }) => code === "parent-cycle")?.sentence).toContain(
      '"e4", and 4 more',
    );
    expect(findings.find(({ code }) => code === "result-edited")?.sentence).toContain(
      'metric "m4" "1" → "2", 4 more.',
    );
    expect(findings.filter(({ code }) => code === "parent-cycle")).toHaveLength(1);
  });

  it("sees an edit of a whole number that JavaScript rounds", () => {
    const log = (digits: string) =>
      filesWith({
        log: [
          newRow("e", {
            status: "completed",
            objective_value: "1",
            metrics_json: `{"n": ${digits}}`,
          }),
        ],
      });
    const { findings } = review(log("9007199254740993"), log("9007199254740992"));
    expect(findings.find(({ code }) => code === "result-edited")?.sentence).toContain(
      '"9007199254740993" → "9007199254740992"',
    );
  });

  it("of a change that cannot be read are those of the reader, and there is no difference", () => {
    const result = review(
      filesWith(),
      filesWith({ log: `${textOf(ROWS)}<<<<<<< HEAD\n`, ledger: [] }),
    );
    expect(result.diff).toBeUndefined();
    expect(result.findings).toMatchObject([
      { code: "ledger-rewritten" },
      {
        code: "log-unreadable",
        path: LOG,
        line: 12,
        column: 1,
        sentence: expect.stringMatching(/^found a git conflict marker\. Finish the merge/),
      },
    ]);
  });

  it("of a base that cannot be read say where it breaks off, and have no line in the head", () => {
    const [finding] = review(filesWith({ log: "experiment_id\na\na\n" }), filesWith()).findings;
    expect(finding).toEqual({
      level: "warning",
      code: "log-unreadable",
      path: LOG,
      sentence: expect.stringContaining("(line 3, column 1)"),
    });
  });

  it("of files above the limit have no line", () => {
    const large = new Map([
      ...filesWith(),
      ["command_log.csv", Buffer.alloc(101 * 1024 * 1024)],
    ] as const);
    const found = review(filesWith(), large).findings;
    expect(found).toMatchObject([{ code: "ledger-unreadable" }]);
    expect(found[0]).not.toHaveProperty("line");
    expect(review(large, filesWith()).findings[0]?.sentence).toContain("cannot be read, so");
  });

  it("of a session.yml are one for each problem, in its place", () => {
    const head = filesWith({ settings: "issue: x\nstop:\n  patience: -1\n" });
    expect(review(filesWith(), head).findings).toMatchObject([
      { code: "settings-invalid", line: 1 },
      { code: "settings-invalid", line: 3 },
    ]);
    const large = filesWith({ settings: `# ${"x".repeat(70_000)}\n` });
    expect(review(filesWith(), large).findings).toMatchObject([
      { code: "settings-invalid", sentence: expect.stringMatching(/64 kB\. Keep settings only/) },
    ]);
  });
});

describe("a review", () => {
  it("does not take a fault of the program for one of a file", () => {
    for (const name of ["experiment_log.csv", "command_log.csv", "session.yml"]) {
      const broken = new Map([[name, 1 as never]]);
      expect(() => review(broken, filesWith())).toThrow(TypeError);
    }
  });

  it("has the difference of the logs", () => {
    const { diff, session } = review(filesWith(), filesWith({ log: [...ROWS, newRow("a")] }));
    expect(session).toBe("mnist");
    expect(diff?.added).toMatchObject([{ experimentId: "a", row: 9 }]);
  });

  it("of a session that is gone has all its rows as removed and one finding", () => {
    const { diff, findings } = review(filesWith(), new Map());
    expect(diff?.removed).toHaveLength(9);
    expect(findings).toHaveLength(1);
    expect(review(new Map([["session.yml", Buffer.from("")]]), new Map()).findings).toHaveLength(1);
  });

  it("of a session whose folder has another name compares its rows", () => {
    const sides = {
      base: { folder: "old/mnist", files: filesWith() },
      head: {
        folder: "new/mnist",
        files: filesWith({ log: withCells({ "exp-4": { status: "planned" } }) }),
      },
    };
    const { findings } = reviewSession({ session: "mnist", ...sides, now: NOW, sha256 }).review;
    expect(findings).toMatchObject([
      { path: "new/mnist/experiment_log.csv", code: "status-reopened" },
    ]);
  });

  it("does not hold a row that one row was copied to for a new id of both", () => {
    const twins = ["a", "b"].map((id) => newRow(id, { status: "failed" }));
    const head = filesWith({ log: [newRow("c", { status: "failed" })] });
    const codes = review(filesWith({ log: twins }), head).findings.map(({ code }) => code);
    expect(codes).toEqual(["row-deleted", "id-changed"]);
    const swapped = filesWith({ log: ["c", "d"].map((id) => newRow(id, { status: "failed" })) });
    expect(review(filesWith({ log: twins }), swapped).findings).toMatchObject([
      { code: "id-changed", experimentId: "c", line: 2 },
      { code: "id-changed", experimentId: "d", line: 3 },
    ]);
  });

  it("allows times that other clocks made, up to five minutes", () => {
    const at = (updated_at: string) =>
      findingsOf({ "exp-6": { updated_at } }, { log: withCells({ "exp-6": { updated_at: NOW } }) });
    expect(at("2026-11-23T09:35:00Z")).toEqual([]);
    expect(at("2026-11-23T09:35:01Z")).toMatchObject([{ code: "time-future" }]);
    expect(at("2026-11-23T09:25:00Z")).toEqual([]);
    expect(at("2026-11-23T09:24:59Z")).toMatchObject([{ code: "time-backwards" }]);
    expect(at(LATER)).toMatchObject([{ code: "time-future" }]);
    expect(at("")).toEqual([]);
  });

  it("takes a launch that the ledger speaks of by that op_id alone", () => {
    const launch = line("op-l", "/launch exp-7", { experimentId: "exp-7" });
    const queued = { ...launch, outcome: "queued-for-launch" } as const;
    const launched = { ...launch, outcome: "launched" } as const;
    const found = (...added: (typeof launch)[]) =>
      review(
        filesWith({ ledger: [...ENTRIES, queued] }),
        filesWith({ ledger: [...ENTRIES, queued, ...added] }),
      ).findings;
    expect(found(launched)).toMatchObject([{ code: "ledger-approval", line: 6 }]);
    expect(found({ ...launched, opId: "a".repeat(20) })).toMatchObject([
      { code: "ledger-forged", line: 6 },
    ]);
  });

  it("has the lines that a ledger got, also where the log cannot be read, and none of a rewritten one", () => {
    const added = line("op-x", "/note exp-7 hi", { experimentId: "exp-7" });
    const ledger = [...ENTRIES, added];
    for (const files of [filesWith({ ledger }), filesWith({ ledger, log: "x\n" })]) {
      expect(review(filesWith(), files).newEntries).toEqual([added]);
    }
    expect(review(filesWith(), filesWith({ ledger: [added] })).newEntries).toBeUndefined();
    expect(review(filesWith(), filesWith()).newEntries).toBeUndefined();
  });

  it("names the settings that decide what runs, where they stand", () => {
    const include = (glob: string) =>
      `queue: { stale-after: 2h, include: { task_key: ["${glob}"] } }\n`;
    const launch = "launch: { command: [python, t.py], allow: ['--lr=*'] }\n";
    const found = (before: string | undefined, after: string | undefined) =>
      review(filesWith({ settings: before }), filesWith({ settings: after })).findings;
    const said = (line: number | undefined, keys: string) => [
      { code: "settings-changed", level: "warning", line, sentence: expect.stringContaining(keys) },
    ];
    expect(found(launch, `alerts: []\n${launch.replace("--lr=*", "*")}`)).toMatchObject(
      said(2, "else of launch.allow, which"),
    );
    expect(found(launch, "alerts: []\n")).toMatchObject(said(1, "launch.command, launch.allow"));
    expect(found(include("a*"), include("b*"))).toMatchObject(said(1, "else of queue.include,"));
    expect(found("alerts: []\n", include("a*"))).toMatchObject(said(1, "queue.include"));
    expect(found(include("a*").replace("2h", "3h"), include("a*"))).toMatchObject(
      said(1, "else of queue.stale-after,"),
    );
    expect(found("proposals: { two-person: true }\n", undefined)).toEqual([
      expect.objectContaining({ code: "settings-changed", path: "experiments/mnist/session.yml" }),
    ]);
    expect(found(SETTINGS, undefined)[0]?.sentence).toMatch(
      /^session\.yml is gone, so that the defaults hold\. /,
    );
    expect(found(launch, undefined)[0]?.sentence).toContain("hold, also for launch.command");
  });

  it("holds an op_id to the repository where that is known, and where nothing was taken out of the command", () => {
    const at = (command: string, repositoryId?: string) => {
      const outcome = command.startsWith("/approve") ? "approved" : "applied";
      const operation = { repositoryId: "42", commentId: "7", index: 1, canonical: command };
      const of = {
        commentId: "7",
        opId: opId(operation, sha256),
        experimentId: "exp-7",
        outcome,
      } as const;
      const head = filesWith({ ledger: [...ENTRIES, line("x", command, of)] });
      const sides = {
        base: { folder: "e", files: filesWith() },
        head: { folder: "e", files: head },
      };
      return reviewSession({ session: "e", ...sides, now: NOW, sha256, repositoryId }).review
        .findings;
    };
    const approval = { code: "ledger-approval", level: "warning", line: 5 };
    expect(at("/approve exp-7", "42")).toMatchObject([approval]);
    expect(at("/approve exp-7")).toMatchObject([approval]);
    expect(at("/approve exp-7", "43")).toMatchObject([{ code: "ledger-forged", line: 5 }]);
    expect(at("/note exp-7 hi", "43")).toEqual([]);
  });

  it("judges new lines of a ledger also where the log cannot be read", () => {
    const ledger = [...ENTRIES, line("op-x", "/note gone hi", { experimentId: "gone" })];
    const codes = review(filesWith(), filesWith({ log: "x\n", ledger })).findings.map(
      ({ code }) => code,
    );
    expect(codes).toEqual(["log-unreadable"]);
  });

  it("stands in a character outside ASCII where a ledger differs there", () => {
    const of = (actor: string) =>
      filesWith({ ledger: [line("o", "/stop", { actor, experimentId: "" })] });
    const [finding] = review(of("aé"), of("aè")).findings;
    const before = `${line("o", "/stop", {}).opId},local-o,,a`;
    expect(finding).toMatchObject({ code: "ledger-rewritten", line: 2, column: before.length + 1 });
  });
});

describe("a value that is too good", () => {
  const values = (...given: readonly string[]) =>
    given.map((objective_value, at) =>
      newRow(`v${at}`, {
        status: "completed",
        objective_value,
        ended_at: `2026-03-01T0${at}:00:00Z`,
      }),
    );
  const found = (base: readonly Row[], added: Row, settings?: string) => {
    const given = settings === undefined ? {} : { settings };
    return review(
      filesWith({ log: base, ...given }),
      filesWith({ log: [...base, added], ...given }),
    ).findings;
  };
  const best = (cells: Row = {}) =>
    newRow("new", { status: "completed", objective_value: "0.1", ...cells });

  it("is one that differs by more than the last three values", () => {
    expect(found(values("0.41", "0.40", "0.39"), best())).toMatchObject([
      { sentence: expect.stringContaining("(0.01, the standard deviation of the last 3 values)") },
    ]);
    expect(found(values("0.41", "0.40", "0.39"), best({ objective_value: "0.292" }))).toEqual([]);
  });

  it("is not told from two values, from equal ones, or without any", () => {
    for (const base of [values("0.41", "0.4"), values("0.4", "0.4", "0.4"), []]) {
      expect(found(base, best())).toEqual([]);
    }
    const measured = "objective: { metric: val/loss, mode: min, min-delta: 0.001 }\n";
    expect(found([], best(), measured)).toEqual([]);
  });

  it("is comparable: of the same metric, mode and task", () => {
    const base = values("0.41", "0.40", "0.39");
    const sameTask = "objective: { metric: val/loss, mode: min, same-task: true }\n";
    expect(found(base, best({ objective_mode: "max" }))).toEqual([]);
    expect(found(base, best({ objective_mode: "" }))).toHaveLength(1);
    expect(found(base, best({ objective_metric: "acc" }))).toEqual([]);
    expect(found(base, best(), sameTask)).toHaveLength(1);
    expect(found(base, best({ task_key: "other" }), sameTask)).toEqual([]);
    const unnamed = base.map((row) => ({ ...row, objective_metric: "" }));
    expect(found(unnamed, best(), "paused: false\n")).toEqual([]);
  });

  it("is larger where larger is better", () => {
    const base = values("0.7", "0.71", "0.72").map((row) => ({ ...row, objective_mode: "max" }));
    const settings = "objective: { metric: val/loss, mode: max }\n";
    expect(
      found(base, best({ objective_mode: "max", objective_value: "0.99" }), settings),
    ).toHaveLength(1);
    expect(found(base, best({ objective_mode: "max" }), settings)).toEqual([]);
  });
});

describe("a large change", () => {
  it("is reviewed in time that grows with its size", () => {
    const time = (count: number) => {
      const rows = (parent: (at: number) => string, status: string) =>
        Array.from({ length: count }, (_, at) =>
          newRow(`e${at}`, {
            status,
            objective_value: String(at),
            parent_experiment_id: parent(at),
          }),
        );
      const base = filesWith({ log: rows(() => "", "completed") });
      const head = filesWith({ log: rows((at) => `e${(at + 1) % count}`, "planned").toReversed() });
      const gone = filesWith({ log: [newRow("other")] });
      const milliseconds = processorTime(() => {
        expect(review(base, head).findings.length).toBeGreaterThan(count);
        expect(review(base, gone).findings.length).toBe(count);
      });
      return milliseconds;
    };
    time(500);
    const [small, large] = [time(1_000), time(8_000)];
    expect(large).toBeLessThan(8 * 4 * Math.max(small, 20));
  });
});

describe("what stands in place of a file and cannot be read", () => {
  const folder = "experiments/mnist";
  const side = { folder, files: filesWith({}) };
  const reviewed = (input: Partial<Parameters<typeof reviewSession>[0]>) =>
    reviewSession({ session: "mnist", base: side, head: side, now: NOW, sha256, ...input }).review;
  const errorAt = (path: string) => new LogError("is a symlink", { path, remedy: "Move it away." });

  it.each([
    ["experiment_log.csv", "log-unreadable"],
    ["command_log.csv", "ledger-unreadable"],
    ["session.yml", "settings-invalid"],
    ["mnist", "log-unreadable"],
  ])("%s is an error of the change, and nothing is compared", (name, code) => {
    const path = `${folder}/${name}`;
    const { findings, diff } = reviewed({ unreadable: errorAt(path) });
    const sentence = "is a symlink. Move it away.";
    expect({ findings, diff }).toEqual({
      findings: [{ level: "error", code, path, sentence }],
      diff: undefined,
    });
  });

  it.each([
    ["command_log.csv", "command_log.csv"],
    ["mnist", ""],
  ])("%s in the base is a warning at what the change has there", (name, file) => {
    const remedy = "Move it away.";
    const unreadableBase = new LogError("is a symlink.", { path: `${folder}/${name}`, remedy });
    const { findings } = reviewed({ unreadableBase });
    const path = file === "" ? folder : `${folder}/${file}`;
    const sentence = expect.stringMatching(/in the base: is a symlink\. Move it away\.$/);
    expect(findings).toMatchObject([{ level: "warning", path, sentence }]);
  });

  it("is told beside what is wrong with the change itself", () => {
    const head = { folder, files: filesWith({ log: "x\n" }) };
    const { findings } = reviewed({ head, unreadableBase: errorAt(LOG) });
    expect(findings.map(({ level, code }) => [level, code])).toEqual([
      ["error", "log-unreadable"],
      ["warning", "log-unreadable"],
    ]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LogError } from "../../../src/core/errors.ts";
import { decodeLog } from "../../../src/core/log/decode.ts";
import { mergeLogFile } from "../../../src/core/merge/merge-log-file.ts";
import { cellsOf, logText, readLog } from "../../builders/log.ts";

type Row = Parameters<typeof logText>[0][number];

function mergeTexts(ancestor: string, ours: string, theirs: string) {
  const merged = mergeLogFile({
    ancestor: readLog(ancestor),
    ours: readLog(ours),
    theirs: readLog(theirs),
  });
  return { ...merged, text: Buffer.from(merged.bytes).toString("utf8") };
}

/** What a person leaves who keeps one side of every conflict. */
function keep(side: "ours" | "theirs", text: string): string {
  const conflict = /^<{7} ours\r?\n([\s\S]*?)^={7}\r?\n([\s\S]*?)^>{7} theirs\r?\n/gm;
  return text.replace(conflict, side === "ours" ? "$1" : "$2");
}

describe("mergeLogFile", () => {
  it("merges rows and cells of both sides without a marker", () => {
    const { text, conflicts } = mergeTexts(
      logText([{ notes: "old" }]),
      logText([{ notes: "ours" }]),
      logText([{ notes: "old", owner: "ada" }, { experiment_id: "theirs" }]),
    );
    expect(conflicts).toEqual([]);
    expect(text).toBe(logText([{ notes: "ours", owner: "ada" }, { experiment_id: "theirs" }]));
  });

  it.each(["\n", "\r\n"] as const)("shows both records of a conflict whole, line end %j", (end) => {
    const three = (b: Row): string =>
      logText(
        [{ notes: "a" }, { experiment_id: "b", ...b }, { notes: "c", experiment_id: "c" }],
        end,
      );
    const { text, conflicts } = mergeTexts(
      three({}),
      three({ notes: 'say "x"\nand more', owner: "ada" }),
      three({ notes: "theirs", task_key: "t" }),
    );
    const merged = { owner: "ada", task_key: "t" };
    const record = (notes: string) =>
      logText([{ experiment_id: "b", notes, ...merged }], end)
        .split(end)
        .slice(1)
        .join(end);
    const before = logText([{ notes: "a" }], end);
    const after = logText([{ experiment_id: "c", notes: "c" }], end)
      .split(end)
      .slice(1)
      .join(end);
    expect(text).toBe(
      `${before}<<<<<<< ours${end}${record('say "x"\nand more')}=======${end}${record("theirs")}>>>>>>> theirs${end}${after}`,
    );
    expect(conflicts.map(({ column }) => column)).toEqual(["notes"]);
  });

  it("is refused by the reader at the line of the first marker, until it is resolved", () => {
    const { text, bytes } = mergeTexts(
      logText([{}, { notes: "a" }]),
      logText([{}, { notes: "b" }]),
      logText([{}, { notes: "c" }]),
    );
    expect(() => decodeLog(bytes, "log.csv")).toThrow(LogError);
    expect(() => decodeLog(bytes, "log.csv")).toThrow("log.csv:3:1: found a git conflict marker");
    expect(readLog(keep("ours", text)).cell(1, "notes")).toBe("b");
    expect(readLog(keep("theirs", text)).cell(1, "notes")).toBe("c");
  });

  it("ends the last record where the file does not", () => {
    const [old, our, their] = ["a", "b", "c"].map((notes) => logText([{ notes }]).trimEnd());
    const { text } = mergeTexts(String(old), String(our), String(their));
    expect(text.split("\n").map((line) => line.slice(0, 9))).toEqual([
      "experimen",
      "<<<<<<< o",
      "exp-1,,,,",
      "=======",
      "exp-1,,,,",
      ">>>>>>> t",
      "",
    ]);
  });

  it("merges metrics by key also in a record that is in conflict", () => {
    const { text } = mergeTexts(
      logText([{ metrics_json: '{"acc": 1}' }]),
      logText([{ metrics_json: '{"acc": 2, "ours": 1}' }]),
      logText([{ metrics_json: '{"acc": 3, "theirs": 1}' }]),
    );
    const metricsOf = (side: "ours" | "theirs") =>
      readLog(keep(side, text)).cell(0, "metrics_json");
    expect(metricsOf("ours")).toBe('{"acc": 2, "ours": 1, "theirs": 1}');
    expect(metricsOf("theirs")).toBe('{"acc": 3, "ours": 1, "theirs": 1}');
  });

  it("merges the same rows that both sides added in different words", () => {
    const { text, conflicts } = mergeTexts(
      "",
      logText([{ notes: "b" }]),
      logText([{ notes: "c" }]),
    );
    expect(conflicts).toHaveLength(1);
    expect(readLog(keep("theirs", text)).cell(0, "notes")).toBe("c");
  });

  const word = fc.constantFrom("", "x", "y", 'q "u"', "two\nlines", "<<<<<<< z", "ü");
  const rows = fc.uniqueArray(
    fc.record({
      experiment_id: fc.constantFrom("a", "b", "c", "d", "e"),
      notes: word,
      hypothesis: word,
      owner: word,
    }),
    { selector: (row) => row.experiment_id },
  );

  it("keeps every row, every cell of one side, and both texts of every conflict", () => {
    const property = fc.property(rows, rows, rows, (base, our, their) => {
      const [ancestor, ours, theirs] = [logText(base), logText(our), logText(their)];
      const { text, conflicts } = mergeTexts(ancestor, ours, theirs);
      const [kept, taken] = [readLog(keep("ours", text)), readLog(keep("theirs", text))];
      const inConflict = new Set(conflicts.map((one) => `${one.experimentId}.${one.column}`));
      const sides = [readLog(ancestor), readLog(ours), readLog(theirs)] as const;
      for (const id of new Set([...our, ...their].map((row) => row.experiment_id))) {
        for (const column of ["notes", "hypothesis", "owner"]) {
          const [old, mine, other] = sides.map((log) => {
            const row = log.rowOf(id);
            return row === undefined ? undefined : log.cell(row, column);
          });
          const [one, two] = [kept, taken].map((log) => log.cell(log.rowOf(id) as number, column));
          if (inConflict.has(`${id}.${column}`)) {
            expect([one, two]).toEqual([mine, other]);
          } else {
            expect(one).toBe(two);
            const changed = mine === undefined || (other !== undefined && mine === (old ?? ""));
            expect(one).toBe(changed ? other : mine);
          }
        }
      }
      expect(kept.rowCount).toBe(taken.rowCount);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it.each([
    ["has few columns", "experiment_id,notes\nexp-1,TEXT\n", ""],
    ["lacks an empty column of theirs", logText([{ notes: "TEXT" }]), "zz"],
  ])("is a log again with either record kept, where ours %s", (_name, log, extra) => {
    const widened = log.replace(/\n/, `,${extra}\n`).replace(/\n$/, ",\n");
    const theirs = (extra === "" ? log : widened).replace("TEXT", "c");
    const { text } = mergeTexts(log.replace("TEXT", "a"), log.replace("TEXT", "b"), theirs);
    const [kept, taken] = [readLog(keep("ours", text)), readLog(keep("theirs", text))];
    expect([kept.cell(0, "notes"), taken.cell(0, "notes")]).toEqual(["b", "c"]);
    expect(kept.header).toEqual(taken.header);
    expect(kept.header).toEqual(expect.arrayContaining(readLog(theirs).header as string[]));
  });

  it("keeps our record as it stands where theirs is the same", () => {
    const { text } = mergeTexts("", logText([{ notes: "b" }], "\r\n"), logText([{ notes: "b" }]));
    expect(text).toBe(logText([{ notes: "b" }], "\r\n"));
    expect(cellsOf(readLog(text), 0)).toEqual({ experiment_id: "exp-1", notes: "b" });
  });
});

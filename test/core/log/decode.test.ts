import { describe, expect, it } from "vitest";
import { LogError } from "../../../src/core/errors.ts";
import { decodeLog } from "../../../src/core/log/decode.ts";

const path = "experiments/mnist/experiment_log.csv";

function refusal(text: string | Uint8Array): LogError {
  try {
    decodeLog(typeof text === "string" ? Buffer.from(text, "utf8") : text, path);
  } catch (error) {
    if (error instanceof LogError) return error;
    throw error;
  }
  throw new Error("the log was read");
}

const head = "experiment_id,status,objective_mode,metrics_json,started_at,notes";

describe("decodeLog refuses, with line and column,", () => {
  const cases: readonly (readonly [string, string | Uint8Array, string, RegExp])[] = [
    ["a quote that is not closed", `${head}\na,planned,,,,"open\n`, "2:14", /never closed/],
    ["text after a quote", `${head}\na,planned,,,,"x"y\n`, "2:17", /follows a closing quote/],
    ["a quote inside a bare cell", `${head}\na,planned,,,,x"y\n`, "2:15", /quote stands inside/],
    ["too few fields", `${head}\na,planned\n`, "2:1", /has 2 fields, the header has 6/],
    ["too many fields", `${head}\na,planned,,,,,,\n`, "2:1", /has 8 fields/],
    ["an empty line", `${head}\na,planned,,,,\n\n`, "3:1", /has 1 field,/],
    [
      "a header without experiment_id",
      "id,status\n1,planned\n",
      "1:1",
      /no column `experiment_id`/,
    ],
    ["a repeated column", "experiment_id,notes,notes\n", "1:21", /repeats the column "notes"/],
    ["an empty id", `${head}\n ,planned,,,,\n`, "2:1", /experiment_id is empty/],
    [
      "a repeated id",
      `${head}\na,planned,,,,\nb,planned,,,,\na,failed,,,,\n`,
      "4:1",
      /"a" is repeated; it stands in line 2/,
    ],
    ["an unknown status", `${head}\na,finished,,,,\n`, "2:3", /unknown status "finished"/],
    ["an unknown mode", `${head}\na,planned,best,,,\n`, "2:11", /unknown objective_mode "best"/],
    [
      "metrics that are a list",
      `${head}\na,planned,,[1],,\n`,
      "2:12",
      /not a JSON object: "\[1\]"/,
    ],
    ["metrics that are not JSON", `${head}\na,planned,,{x},,\n`, "2:12", /not a JSON object/],
    [
      "a timestamp that is none",
      `${head}\na,planned,,,yesterday,\n`,
      "2:13",
      /started_at is not a timestamp: "yesterday"/,
    ],
    [
      "a day that does not exist",
      `${head}\na,planned,,,2026-02-30T00:00:00Z,\n`,
      "2:13",
      /not a timestamp/,
    ],
    ["a conflict marker", `${head}\n<<<<<<< HEAD\na,planned,,,,\n`, "2:1", /conflict marker/],
    ["a conflict separator", `${head}\na,planned,,,,\n=======\n`, "3:1", /conflict marker/],
    ["a NUL byte", `${head}\na,planned,,,,\0\n`, "2:14", /NUL byte/],
    [
      "bytes that are not UTF-8",
      Buffer.from(`${head}\na,planned,,,,\xe9\n`, "latin1"),
      "2:14",
      /not UTF-8/,
    ],
    [
      "metrics nested too deep to be walked",
      `${head}\na,planned,,"{""a"": ${"[".repeat(64)}${"]".repeat(64)}}",,\n`,
      "2:12",
      /not a JSON object/,
    ],
    ["metrics that are null", `${head}\na,planned,,null,,\n`, "2:12", /not a JSON object/],
    [
      "a header with white space around a canonical column",
      "experiment_id, status\na,planned\n",
      "1:15",
      /white space around the column " status"/,
    ],
    [
      "the separator of a conflict in the last line, without a line end",
      `${head}\na,planned,,,,\n=======`,
      "3:1",
      /conflict marker/,
    ],
    [
      "a line of more equal signs",
      `${head}\n========\n`,
      "2:1",
      /has 1 field, the header has 6: "========"$/,
    ],
    ["two lines of which the second is a separator", `${head}\nx\n=======\n`, "2:1", /has 1 field/],
    ["a separator in a log of one column", "experiment_id\na\n=======\nb\n", "3:1", /marker/],
    ["an ancestor in a log of one column", "experiment_id\r\n||||||| a\r\n", "2:1", /marker/],
    ["an ancestor without a beginning", `${head}\n||||||| b\n`, "2:1", /conflict marker/],
    ["the common ancestor of a conflict", `${head}\n<<<<<<< a\n||||||| b\n`, "2:1", /marker/],
    ["the end of a conflict", `${head}\nx,,,,,"\n>>>>>>> b"\n`, "3:1", /conflict marker/],
    ["a file of a line end", "\n", "1:1", /no column `experiment_id`/],
    ["a byte that begins no character", Buffer.from([0x61, 0xc0, 0x80]), "1:2", /not UTF-8/],
    ["a character cut short at the end", Buffer.from([0x61, 0xe2, 0x82]), "1:2", /not UTF-8/],
    ["a surrogate", Buffer.from([0x61, 0xed, 0xa0, 0x80]), "1:2", /not UTF-8/],
    ["a third byte too low", Buffer.from([0xe2, 0x82, 0x7f]), "1:1", /not UTF-8/],
    ["a third byte too high", Buffer.from([0xe2, 0x82, 0xc0]), "1:1", /not UTF-8/],
    ["a fourth byte too low", Buffer.from([0xf0, 0x90, 0x80, 0x41]), "1:1", /not UTF-8/],
    ["a second byte too low", Buffer.from([0xe0, 0x9f, 0x80]), "1:1", /not UTF-8/],
    ["a code point above the last", Buffer.from([0xf4, 0x90, 0x80, 0x80]), "1:1", /not UTF-8/],
    ["a lone carriage return", `${head}\na,planned,,,,x\rb\n`, "2:15", /carriage return/],
  ];
  it.each(cases)("%s", (_name, text, place, message) => {
    const error = refusal(text);
    expect(error.message).toMatch(message);
    expect(error.message.startsWith(`${path}:${place}: `)).toBe(true);
    expect(error.remedy).toBeTruthy();
    expect(error.exitCode).toBe(4);
  });

  it("a file above 100 MB, without reading it", () => {
    const huge = refusal(new Uint8Array(100 * 1024 * 1024 + 1));
    expect(huge.message).toBe(`${path}: is 104857601 bytes; a log may have at most 104857600`);
    expect(huge.position).toBeUndefined();
    expect(refusal(new Uint8Array(100 * 1024 * 1024)).message).toContain("NUL byte");
  });

  it("with a remedy that fits: to finish a merge, to rename a column, to mend a quote", () => {
    expect(refusal(`${head}\na,planned,,,,\n=======\n`).remedy).toContain("Finish the merge");
    expect(refusal(`${head}\n<<<<<<< HEAD\n`).remedy).toContain("Finish the merge");
    expect(refusal("experimentid\na\n").remedy).toBe('Did you mean "experimentid"? Rename it.');
    expect(refusal("a,b\n").remedy).toContain("must name the columns");
    expect(refusal(`${head}\na,planned,,,,"open\n`).remedy).toContain("Close the quote");
  });

  it("with csv-parse's verdict as the cause where it agrees", () => {
    expect(refusal(`${head}\na,planned\n`).cause).toMatchObject({
      code: "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH",
    });
    expect(refusal(`${head}\na,planned,,,,x\rb\n`).cause).toBeUndefined();
  });

  it("showing one line of the offending text, at most 240 bytes of it, and no command to the runner", () => {
    const line = refusal(`${head}\na,::error::##[x]${"é".repeat(300)}\r\nsecond`).message;
    expect(line).not.toContain("##[");
    expect(line).not.toContain("second");
    expect(line.length).toBeLessThan(400);
  });

  it("columns count characters, not bytes, and a byte order mark is none", () => {
    expect(refusal(`\uFEFF${head},naïve\né🔧,finished,,,,,\n`).message).toContain(":2:4: ");
    expect(refusal("\uFEFFid\n").message).toContain(":1:1: ");
  });
});

describe("decodeLog reads", () => {
  it("an empty file and a header alone as an empty log", () => {
    expect(decodeLog(new Uint8Array(), path).rowCount).toBe(0);
    expect(decodeLog(Buffer.from(`${head}\n`), path).rowCount).toBe(0);
    expect(decodeLog(Buffer.from(`\uFEFF${head}`), path).rowCount).toBe(0);
  });

  it("quoted cells with commas, quotes, line breaks and characters outside ASCII", () => {
    const text = `\uFEFF${head}\r\n"a,1",failed,min,"{""x"": NaN}",2026-11-23T00:00:00+01:00,"say ""é""\r\n🔧"\r\n`;
    const log = decodeLog(Buffer.from(text), path);
    expect(log.rowOf("a,1")).toBe(0);
    expect(log.cell(0, "notes")).toBe('say "é"\r\n🔧');
    expect(log.cell(0, "absent")).toBe("");
    expect(log.lineEnd).toBe("\r\n");
  });

  it("any number of rows by id, and none that is not there", () => {
    const log = decodeLog(Buffer.from("experiment_id\na\nb\n"), path);
    expect([log.rowOf("a"), log.rowOf("b"), log.rowOf("c")]).toEqual([0, 1, undefined]);
    expect(log.isEmpty(0, "experiment_id")).toBe(false);
    expect(log.isEmpty(0, "notes")).toBe(true);
    expect(log.lineEnd).toBe("\n");
  });

  it("an empty log as one without cells", () => {
    const log = decodeLog(Buffer.from("\uFEFF"), path);
    expect([log.cell(0, "notes"), log.isEmpty(0, "notes"), log.rowOf("a")]).toEqual([
      "",
      true,
      undefined,
    ]);
    expect(log.header).toEqual([]);
    expect(log.instant(0, "started_at")).toBeUndefined();
    expect(log.lineEnd).toBe("\n");
  });

  it.each([
    ["a plain object", "{}"],
    ["numbers in every form", '"{""a"": -1.5e-7, ""b"": 0, ""c"":1E+3}"'],
    ["texts, lists and words of Python", '"{""a"": ""x"", ""b"": [NaN], ""c"": -Infinity}"'],
    ["64 levels", `"{""a"": ${"[".repeat(63)}${"]".repeat(63)}}"`],
  ])("metrics: %s", (_name, cell) => {
    const text = `experiment_id,metrics_json,notes\na,${cell},x\n`;
    expect(decodeLog(Buffer.from(text), path).cell(0, "notes")).toBe("x");
  });

  it.each([
    '"{""a"": 1,}"',
    '"{""a"": 1}"" x"',
    '"{""a"": 01}"',
    '"{""a"" 1}"',
    '"{""a"": 1NaN}"',
    '"{""a"": -NaN}"',
    '"{""a"": .5}"',
  ])("no metrics in %s", (cell) => {
    expect(refusal(`experiment_id,metrics_json\na,${cell}\n`).message).toMatch(/not a JSON object/);
  });

  it.each([
    "2026-11-23T09:30:00Z",
    '"2026-11-23T09:30:00Z"',
    "2026-11-23T09:30:00.123456+00:00",
    "2026-11-23 09:30",
    "2026-11-23",
    '""',
  ])("the timestamp %s", (cell) => {
    const text = `experiment_id,started_at\na,${cell}\n`;
    expect(decodeLog(Buffer.from(text), path).rowCount).toBe(1);
  });

  it("a status and a mode in quotes", () => {
    const text = 'experiment_id,status,objective_mode\na,"failed","max"\n';
    expect(decodeLog(Buffer.from(text), path).cell(0, "status")).toBe("failed");
  });

  it("a log that lies anywhere in a larger buffer", () => {
    const text = Buffer.from("é,experiment_id\nx,🔧a\n");
    for (let shift = 0; shift < 4; shift += 1) {
      const bytes = Buffer.concat([Buffer.alloc(shift), text, Buffer.from([0xff])]);
      const log = decodeLog(bytes.subarray(shift, shift + text.length), path);
      expect(log.rowOf("🔧a")).toBe(0);
    }
  });

  it("a heading underlined with equal signs inside a quoted note", () => {
    const log = decodeLog(Buffer.from(`${head}\na,planned,,,,"Plan\n=======\nmore"\n`), path);
    expect(log.cell(0, "notes")).toContain("=======");
  });
});

describe("holds", () => {
  const text = `${head}\r\na,planned,,,,plain\r\n"b",failed,,,,"x, ""é"""\r\n`;
  const log = decodeLog(Buffer.from(text), path);

  it.each([
    [0, "notes", "plain", true],
    [0, "notes", "plain ", false],
    [0, "notes", "plai", false],
    [1, "experiment_id", "b", true],
    [1, "notes", 'x, "é"', true],
    [1, "notes", 'x, "e"', false],
    [0, "started_at", "", true],
    [0, "absent", "", true],
    [0, "absent", "x", false],
    [1, "status", "fäiled", false],
  ])("says of row %i, column %s and %j: %s, as decoding does", (row, column, wanted, answer) => {
    expect(log.holds(row, column, wanted)).toBe(answer);
    expect(log.cell(row, column) === wanted).toBe(answer);
  });

  it("knows no text in an empty log but the empty one", () => {
    const empty = decodeLog(new Uint8Array(), path);
    expect([empty.holds(0, "notes", ""), empty.holds(0, "notes", "x")]).toEqual([true, false]);
  });
});

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
    ["a lone carriage return", `${head}\na,planned,,,,x\rb\n`, "2:15", /carriage return/],
  ];
  it.each(cases)("%s", (_name, text, place, message) => {
    const error = refusal(text);
    expect(error.message).toMatch(message);
    expect(error.message.startsWith(`${path}:${place}: `)).toBe(true);
    expect(error.remedy).toBeTruthy();
    expect(error.exitCode).toBe(4);
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

  it("a heading underlined with equal signs inside a quoted note", () => {
    const log = decodeLog(Buffer.from(`${head}\na,planned,,,,"Plan\n=======\nmore"\n`), path);
    expect(log.cell(0, "notes")).toContain("=======");
  });
});

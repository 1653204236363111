import { describe, expect, it } from "vitest";
import { decodeLog } from "../../../src/core/log/decode.ts";
import { readAncestor } from "../../../src/core/merge/read-ancestor.ts";
import { logText } from "../../builders/log.ts";

function idsOf(text: string): readonly string[] {
  const log = readAncestor(Buffer.from(text, "utf8"), (bytes) => decodeLog(bytes, "log.csv"));
  return Array.from({ length: log.rowCount }, (_, row) => log.cell(row, "experiment_id"));
}

const header = logText([]);
const record = (id: string, notes = "") =>
  logText([{ experiment_id: id, notes }]).slice(header.length);
const conflict = `<<<<<<< ours\n${record("b", "1")}=======\n${record("b", "2")}>>>>>>> theirs\n`;

describe("readAncestor", () => {
  it("reads a version that can be read", () => {
    expect(idsOf(header + record("a") + record("b"))).toEqual(["a", "b"]);
    expect(idsOf("")).toEqual([]);
  });

  it("knows nothing of records that were in conflict, with either line end", () => {
    const text = header + record("a") + conflict + record("c", "ü") + conflict;
    expect(idsOf(text)).toEqual(["a", "c"]);
    expect(idsOf(text.replaceAll("\n", "\r\n"))).toEqual(["a", "c"]);
  });

  it("is empty where nothing can be read", () => {
    expect(idsOf(`${header + record("a")}x,"open`)).toEqual([]);
    expect(idsOf(`${header + record("a")}<<<<<<< HEAD\n${record("b")}`)).toEqual([]);
  });

  it("hides no failure but that of a log", () => {
    const fail = () => readAncestor(new Uint8Array(), () => JSON.parse("{"));
    expect(fail).toThrow(SyntaxError);
  });
});

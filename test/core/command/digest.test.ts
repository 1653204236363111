import { describe, expect, it } from "vitest";
import { rowDigest } from "../../../src/core/command/digest.ts";
import { LATER, logText, NOW, readLog } from "../../builders/log.ts";
import { sha256 } from "../../builders/modes.ts";

const digest = (text: string, row = 0) => rowDigest(readLog(text), row, sha256);
const ROW = { hypothesis: "a, b", status: "planned", created_at: NOW, updated_at: NOW } as const;

describe("rowDigest", () => {
  it("does not see how a file is written: quotes, line ends, order of columns, empty columns", () => {
    const canonical = digest(logText([ROW]));
    expect(digest(logText([ROW], "\r\n"))).toBe(canonical);
    const written = [
      'experiment_id,hypothesis,status\nexp-1,"a, b",planned\n',
      'status,more,experiment_id,hypothesis\n"planned",,"exp-1","a, b"\n',
    ];
    for (const text of written) expect(digest(text)).toBe(canonical);
  });

  it("does not see when a row was made or touched", () => {
    const later = { ...ROW, created_at: LATER, updated_at: "" };
    expect(digest(logText([later]))).toBe(digest(logText([ROW])));
  });

  it.each([
    ["a canonical cell", 'experiment_id,hypothesis,status\nexp-1,"a, c",planned\n'],
    [
      "another cell that was empty",
      'experiment_id,hypothesis,status,owner\nexp-1,"a, b",planned,x\n',
    ],
    ["an extra column", 'experiment_id,hypothesis,status,more\nexp-1,"a, b",planned,x\n'],
    ["the id", 'experiment_id,hypothesis,status\nexp-2,"a, b",planned\n'],
    ["a text moved to another column", 'experiment_id,notes,status\nexp-1,"a, b",planned\n'],
  ])("sees %s", (_name, text) => {
    expect(digest(text)).not.toBe(digest(logText([ROW])));
  });
});

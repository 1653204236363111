import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LEDGER_COLUMNS, type LedgerEntry, OUTCOMES } from "../../../src/core/command/ledger.ts";
import { decodeLedger, encodeLedger } from "../../../src/core/command/ledger-codec.ts";
import { LogError } from "../../../src/core/errors.ts";
import { assertLedgerExtends } from "../../../src/core/log/invariants.ts";
import { storableText } from "../../../src/core/log/storable-text.ts";
import { LEDGER_PATH, ledgerBytes, ledgerEntry } from "../../builders/apply.ts";

const HEADER = LEDGER_COLUMNS.join(",");

function read(text: string | Uint8Array) {
  return decodeLedger(typeof text === "string" ? Buffer.from(text) : text, LEDGER_PATH);
}

/** What of an entry a file can hold. */
function storable(entry: LedgerEntry): LedgerEntry {
  const texts = Object.entries(entry).map(([key, text]) => [key, storableText(text)]);
  return Object.fromEntries(texts) as LedgerEntry;
}

function refusal(text: string | Uint8Array): LogError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof LogError) return error;
    throw error;
  }
  throw new Error("the ledger was read");
}

describe("decodeLedger", () => {
  it("takes a missing, an empty and a header-only file for a ledger without lines", () => {
    expect(decodeLedger(undefined, LEDGER_PATH).entries).toEqual([]);
    for (const text of ["", "\uFEFF", `${HEADER}\n`, HEADER])
      expect(read(text).entries).toEqual([]);
  });

  it("reads every column, and quotes like the log's", () => {
    const text = `${HEADER}\nop,1,u,ann,7,"/note a ""x""\ny",a,applied,"d, e",2026-11-23T09:30:00Z\n`;
    expect(read(text).entries).toEqual([
      {
        opId: "op",
        commentId: "1",
        commentUrl: "u",
        actor: "ann",
        actorId: "7",
        command: '/note a "x"\ny',
        experimentId: "a",
        outcome: "applied",
        detail: "d, e",
        at: "2026-11-23T09:30:00Z",
      },
    ]);
  });

  const good = "op,1,u,ann,7,/stop,,applied,paused,2026-11-23T09:30:00Z";
  it.each<readonly [string, string | Uint8Array, string, RegExp]>([
    [
      "a column of another name",
      `${HEADER.replace("actor_id", "actor")}\n`,
      "1:36",
      /not a ledger's: "op_id/,
    ],
    ["a missing column", `${HEADER.replace(",at", "")}\n`, "1:1", /not a ledger's/],
    ["a column too many", `${HEADER},more\n`, "1:85", /not a ledger's/],
    ["a line too short", `${HEADER}\n${good}\na,b\n`, "3:1", /has 2 fields, the header has 10/],
    ["an empty op_id", `${HEADER}\n${good.replace("op", "")}\n`, "2:1", /the op_id is empty/],
    [
      "an empty comment_id",
      `${HEADER}\n${good.replace("1", '""')}\n`,
      "2:4",
      /the comment_id is empty/,
    ],
    [
      "an empty outcome",
      `${HEADER}\n${good.replace("applied", "")}\n`,
      "2:21",
      /the outcome is empty/,
    ],
    ["an empty at", `${HEADER}\n${good.replace(/,[^,]*$/, ",")}\n`, "2:36", /the at is empty/],
    [
      "an unknown outcome",
      `${HEADER}\n${good}\n${good.replace("applied", "done")}\n`,
      "3:21",
      /unknown outcome "done"/,
    ],
    [
      "a time that is none",
      `${HEADER}\n${good.replace(/,[^,]*$/, ",now")}\n`,
      "2:36",
      /at is not a timestamp: "now"/,
    ],
    ["an open quote", `${HEADER}\n"op\n`, "2:1", /never closed/],
    ["a NUL byte", `${HEADER}\n\0\n`, "2:1", /NUL/],
    ["a conflict marker", `${HEADER}\n<<<<<<< main\n`, "2:1", /conflict marker/],
    [
      "bytes that are not UTF-8",
      Buffer.from([...Buffer.from(`${HEADER}\n`), 0xff]),
      "2:1",
      /UTF-8/,
    ],
  ])("refuses %s, with line and column", (_name, text, place, message) => {
    const error = refusal(text);
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(`${LEDGER_PATH}:${place}: `);
    expect(error.remedy).toBeDefined();
    expect(error.exitCode).toBe(4);
  });

  it("refuses a file that is too large, as a ledger", () => {
    expect(refusal(new Uint8Array(101 * 1024 * 1024)).message).toMatch(/a ledger may have at most/);
  });
});

describe("encodeLedger", () => {
  it("gives the same bytes back without new lines", () => {
    const ledger = read(`${HEADER}\n`);
    expect(encodeLedger(ledger, [])).toBe(ledger.bytes);
  });

  it("begins a new file with the columns, lines ending with LF", () => {
    const bytes = ledgerBytes([ledgerEntry({ detail: "a, b" })]);
    expect(Buffer.from(bytes).toString()).toBe(
      `${HEADER}\nop-1,100,https://github.test/octo/research/issues/1#issuecomment-100,ann,7,/note exp-1 hi,exp-1,applied,"a, b",2026-11-23T09:30:00Z\n`,
    );
  });

  it("completes a last line first, and follows the line ends of the header", () => {
    const line = Buffer.from(ledgerBytes([ledgerEntry()]))
      .toString()
      .split("\n")[1];
    const before = `${HEADER}\r\n${line}`;
    const after = encodeLedger(read(before), [ledgerEntry()]);
    expect(Buffer.from(after).toString()).toBe(`${before}\r\n${line}\r\n`);
  });

  it("keeps a byte order mark", () => {
    const bytes = encodeLedger(read("\uFEFF"), [ledgerEntry()]);
    expect(Buffer.from(bytes).toString()).toMatch(/^\uFEFFop_id,/);
    expect(read(bytes).entries).toEqual([ledgerEntry()]);
  });

  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("<<<<<<< a", 'x"\r\n', "\0"),
  );
  const entry: fc.Arbitrary<LedgerEntry> = fc.record({
    opId: fc.constantFrom("a", "b"),
    commentId: fc.constantFrom("1", "issue-2"),
    commentUrl: text,
    actor: text,
    actorId: text,
    command: text,
    experimentId: text,
    outcome: fc.constantFrom(...OUTCOMES),
    detail: text,
    at: fc.constant("2026-11-23T09:30:00Z"),
  });

  it("writes what is read back, and only ever adds bytes", () => {
    fc.assert(
      fc.property(fc.array(entry), fc.array(entry), (first, second) => {
        const before = read(encodeLedger(read(""), first));
        const after = encodeLedger(before, second);
        expect(() => assertLedgerExtends("l", before.bytes, after)).not.toThrow();
        expect(read(after).entries).toEqual([...first, ...second].map(storable));
      }),
    );
  });
});

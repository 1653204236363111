import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LogError } from "../../../src/core/errors.ts";
import { type DecodedLog, decodeLog } from "../../../src/core/log/decode.ts";
import { createDraft } from "../../../src/core/log/draft.ts";
import { encodeLog } from "../../../src/core/log/encode.ts";
import { CSV_PARSE_OPTIONS } from "../../../src/core/log/explain-malformed.ts";
import { LOG_PATH, logText, NOW } from "../../builders/log.ts";

const VALID = logText(
  [
    { status: "completed", notes: 'say "é", twice', started_at: NOW, objective_mode: "min" },
    { status: "failed", metrics_json: '{"val/loss": 0.3, "🔧": NaN}', notes: "two\r\nlines" },
    { experiment_id: "a,b", status: "planned", created_at: NOW, updated_at: NOW },
  ],
  "\r\n",
);

const byte = fc.oneof(fc.constantFrom(...Buffer.from('",\r\n\0<=é{}[]:aZ')), fc.nat(255));
const mutation = fc.record({
  at: fc.nat(Buffer.byteLength(VALID) - 1),
  byte,
  kind: fc.constantFrom("replace", "insert", "remove"),
});

function mutate(bytes: Buffer, change: { at: number; byte: number; kind: string }): Buffer {
  const kept = change.kind === "insert" ? change.at : change.at + 1;
  const put = change.kind === "remove" ? [] : [change.byte];
  return Buffer.concat([bytes.subarray(0, change.at), Buffer.from(put), bytes.subarray(kept)]);
}

function cellsOfAll(log: DecodedLog): string[][] {
  const rows = Array.from({ length: log.rowCount }, (_, row) =>
    log.header.map((column) => log.cell(row, column)),
  );
  return log.header.length === 0 ? [] : [[...log.header], ...rows];
}

describe("a log with random bytes changed", () => {
  it("is read exactly, as csv-parse reads it, or refused with its place", () => {
    const seen = { read: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (changes) => {
        const bytes = changes.reduce<Buffer>(
          (now, change) => mutate(now, { ...change, at: change.at % now.length }),
          Buffer.from(VALID),
        );
        try {
          const log = decodeLog(bytes, LOG_PATH);
          seen.read += 1;
          expect(cellsOfAll(log)).toEqual(parse(bytes, CSV_PARSE_OPTIONS));
          expect(encodeLog(createDraft(log))).toBe(bytes);
        } catch (error) {
          if (!(error instanceof LogError)) throw error;
          seen.refused += 1;
          expect(error.message).toMatch(/^experiments\/mnist\/experiment_log\.csv:\d+:\d+: /);
        }
      }),
      { numRuns: 1_000 },
    );
    expect(seen.read).toBeGreaterThan(50);
    expect(seen.refused).toBeGreaterThan(50);
  });

  it("is refused or an empty log, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          expect(decodeLog(bytes, LOG_PATH).rowCount).toBe(0);
        } catch (error) {
          if (!(error instanceof LogError)) throw error;
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

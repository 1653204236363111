import { describe, expect, it } from "vitest";
import { decodeLog } from "../../../src/core/log/decode.ts";
import { createDraft } from "../../../src/core/log/draft.ts";
import { encodeLog } from "../../../src/core/log/encode.ts";
import { LOG_PATH, logText, readLog } from "../../builders/log.ts";
import { processorTime } from "../processor-time.ts";

describe("one cell of a megabyte", () => {
  it.each([
    ["letters", "x".repeat(1_000_000)],
    ["quotes", '"'.repeat(1_000_000)],
    ["line breaks", "\r\n".repeat(500_000)],
    ["characters of four bytes", "🔧".repeat(250_000)],
    ["JSON", JSON.stringify({ a: '\\"'.repeat(250_000) })],
  ])("of %s is read, changed and written within 200 ms", (name, text) => {
    const column = name === "JSON" ? "metrics_json" : "notes";
    const bytes = Buffer.from(logText([{ [column]: text }]));
    const change = () => {
      const draft = createDraft(decodeLog(bytes, LOG_PATH));
      draft.set(0, "status", "failed");
      return encodeLog(draft);
    };
    expect(decodeLog(change(), LOG_PATH).cell(0, column)).toBe(text);
    expect(processorTime(change)).toBeLessThan(200);
  });

  it("gives its place when something is wrong behind it", () => {
    const text = `${logText([{ notes: "é".repeat(1_000_000) }]).slice(0, -1)}"x\n`;
    expect(() => readLog(text)).toThrow(/:2:1000027: a quote stands inside/);
  });
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { COLUMNS, type Column } from "../../src/core/log/columns.ts";
import { type DecodedLog, decodeLog } from "../../src/core/log/decode.ts";
import { createDraft } from "../../src/core/log/draft.ts";
import { encodeLog } from "../../src/core/log/encode.ts";
import { decodeMetrics, mergeMetrics } from "../../src/core/log/metrics-cell.ts";
import { upsert } from "../../src/core/log/upsert.ts";
import { LOG_PATH, logText, NOW } from "../builders/log.ts";

const SCRIPT = fileURLToPath(new URL("csv_module.py", import.meta.url));
const GOLDEN = fileURLToPath(new URL("../golden/log/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "interop-"));

afterAll(() => rmSync(folder, { recursive: true }));

interface WriteRequest {
  readonly path: string;
  readonly header: readonly string[];
  readonly rows: readonly Readonly<Record<string, string | number>>[];
  readonly quoting: "minimal" | "all" | "nonnumeric";
  /** `null`: what the csv module writes when it is not told, CRLF. */
  readonly line_end: string | null;
}

/** The records of each file, as Python reads them. */
function askPython(requests: readonly (WriteRequest | { readonly path: string })[]): string[][][] {
  const result = spawnSync("python3", [SCRIPT], {
    input: JSON.stringify(requests),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  expect(result.stderr).toBe("");
  return JSON.parse(result.stdout) as string[][][];
}

function recordsOf(log: DecodedLog): string[][] {
  const rows = Array.from({ length: log.rowCount }, (_, row) =>
    log.header.map((column) => log.cell(row, column)),
  );
  return [[...log.header], ...rows];
}

function save(name: string, bytes: Uint8Array | string): { readonly path: string } {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return { path };
}

const piece = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('"', '""', ",", "\n", "\r\n", "\r", " ", "é", "🔧", "'"),
  },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 6 }) },
);
const text = fc
  .array(piece, { maxLength: 8 })
  .map((pieces) => pieces.join("").replaceAll("\0", ""));
const row = fc.record({ notes: text, hypothesis: text, command: text, owner: text });
const rows = fc.array(row, { minLength: 1, maxLength: 5 });

function samples(count: number) {
  return fc.sample(rows, { numRuns: count, seed: 20261123 });
}

describe("Python's csv module reads", () => {
  it("every golden log exactly", () => {
    const names = readdirSync(GOLDEN).filter((name) => name.endsWith(".csv"));
    expect(names.length).toBeGreaterThan(3);
    const read = askPython(names.map((name) => ({ path: join(GOLDEN, name) })));
    names.forEach((name, at) => {
      const log = decodeLog(readFileSync(join(GOLDEN, name)), name);
      expect(read[at], name).toEqual(recordsOf(log));
    });
  });

  it("200 generated logs exactly, in both line ends, after rows were added and changed", () => {
    const files = samples(200).map((texts, at) => {
      const draft = createDraft(
        decodeLog(Buffer.from(logText([{ notes: "old" }], at % 2 ? "\r\n" : "\n")), LOG_PATH),
      );
      texts.forEach((patch, row) => {
        upsert(draft, { experimentId: row === 0 ? "exp-1" : `new-${row}`, patch, now: NOW });
      });
      const bytes = encodeLog(draft);
      const expected = recordsOf(decodeLog(bytes, LOG_PATH));
      return { ...save(`ours-${at}.csv`, bytes), expected };
    });
    const read = askPython(files.map(({ path }) => ({ path })));
    expect(read).toEqual(files.map(({ expected }) => expected));
  });

  it("metrics as json.loads does, all digits of whole numbers kept", () => {
    const cell = mergeMetrics('{"seed": 12345678901234567890, "🔧": 1.0}', new Map([["a", 1e-7]]));
    const program = "import json,sys; print(json.dumps(json.load(sys.stdin), sort_keys=True))";
    const python = spawnSync("python3", ["-c", program], { input: cell, encoding: "utf8" });
    expect(python.stdout.trim()).toBe(cell.replace("1e-7", "1e-07"));
    expect(decodeMetrics(python.stdout)).toEqual(decodeMetrics(cell));
  });
});

const DIALECTS = [
  ["as it does by itself", "minimal", null],
  ["with QUOTE_ALL", "all", null],
  ["with QUOTE_NONNUMERIC", "nonnumeric", null],
  ["with the line end LF", "minimal", "\n"],
] as const;

describe.each(DIALECTS)("a log that Python writes %s", (_name, quoting, line_end) => {
  const header: readonly (Column | "gpu count")[] = [...COLUMNS, "gpu count"];
  const requests: WriteRequest[] = samples(60).map((texts, at) => ({
    path: join(folder, `theirs-${quoting}-${line_end === null ? "crlf" : "lf"}-${at}.csv`),
    header,
    quoting,
    line_end,
    rows: texts.map((cells, number) => ({
      ...Object.fromEntries(header.map((column) => [column, ""])),
      ...Object.fromEntries(
        Object.entries(cells).map(([name, cell]) => [name, readable(cell, line_end)]),
      ),
      experiment_id: `exp-${number}`,
      status: "completed",
      objective_value: 1e-5,
      "gpu count": 8,
      metrics_json: '{"val/loss": NaN, "a": 1.0}',
      created_at: "2026-11-23T09:30:00.123456+00:00",
    })),
  }));
  const written = askPython(requests);

  it("is read exactly, and comes back byte for byte when nothing changes", () => {
    requests.forEach(({ path }, at) => {
      const bytes = readFileSync(path);
      const log = decodeLog(bytes, path);
      expect(log.lineEnd).toBe(line_end ?? "\r\n");
      expect(recordsOf(log)).toEqual(written[at]);
      expect(Buffer.from(encodeLog(createDraft(log))).equals(bytes)).toBe(true);
    });
  });

  it("is read by Python again with the one cell changed that we changed, and a row more", () => {
    const changed = requests.map(({ path }, at) => {
      const draft = createDraft(decodeLog(readFileSync(path), path));
      draft.set(0, "next_action", 'say "go"\r\non, é');
      const row = draft.append("added");
      draft.set(row, "notes", "x");
      const expected = (written[at] ?? []).map((record) => [...record]);
      (expected[1] as string[])[header.indexOf("next_action")] = 'say "go"\r\non, é';
      expected.push(
        header.map((name) => ({ experiment_id: "added", notes: "x" })[name as string] ?? ""),
      );
      return { ...save(`changed-${at}.csv`, encodeLog(draft)), expected };
    });
    const read = askPython(changed.map(({ path }) => ({ path })));
    expect(read).toEqual(changed.map(({ expected }) => expected));
  });
});

/** Told to end lines with LF, Python leaves a lone CR unquoted, which readers disagree about: such a log is refused. */
function readable(cell: string, lineEnd: string | null): string {
  return lineEnd === null ? cell : cell.replace(/\r(?!\n)/g, "");
}

it("a log with a lone carriage return outside quotes is refused, as Python may write one", () => {
  const path = join(folder, "lone.csv");
  const rows = [{ experiment_id: "a", notes: "x\ry" }];
  const header = ["experiment_id", "notes"];
  writeFileSync(path, "");
  spawnSync("python3", [SCRIPT], {
    input: JSON.stringify([{ path, header, rows, quoting: "minimal", line_end: "\n" }]),
  });
  const bytes = readFileSync(path);
  const isQuoted = bytes.includes('"x\ry"');
  const attempt = () => decodeLog(bytes, path).cell(0, "notes");
  if (isQuoted) expect(attempt()).toBe("x\ry");
  else expect(attempt).toThrow("a carriage return stands outside quotes");
});

import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COLUMNS } from "../../../src/core/log/columns.ts";
import { type DecodedLog, decodeLog } from "../../../src/core/log/decode.ts";
import { createDraft } from "../../../src/core/log/draft.ts";
import { encodeCell, encodeEmptyLog, encodeLog } from "../../../src/core/log/encode.ts";
import { upsert } from "../../../src/core/log/upsert.ts";

const now = "2026-11-23T09:30:00Z";

function logOf(text: string): DecodedLog {
  return decodeLog(Buffer.from(text, "utf8"), "log.csv");
}

function encoded(log: DecodedLog, edit: (draft: ReturnType<typeof createDraft>) => void): string {
  const draft = createDraft(log);
  edit(draft);
  return Buffer.from(encodeLog(draft)).toString("utf8");
}

const cell = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }).map((text) => text.replace(/[\0]|[<>|]{7} /g, "")),
  fc.constantFrom(
    "",
    "a,b",
    'say "x"',
    "two\nlines",
    "\n",
    "\r",
    "\uFEFF",
    "é🔧",
    " ",
    "-0.02",
    "=1+1",
  ),
);

function rowOf(id: string, notes: string): string[] {
  return COLUMNS.map((column) => {
    if (column === "experiment_id") return id;
    return column === "notes" ? notes : "";
  });
}

describe("encodeLog", () => {
  const row = `a${",".repeat(21)}`;
  const added = `b,,,planned${",".repeat(15)}${now},${now},,`;
  const header = COLUMNS.join(",");

  it.each([
    ["a header alone", `${header}`, `${header}\n${added}\n`],
    [
      "a header alone behind a byte order mark",
      `\uFEFF${header}\r\n`,
      `\uFEFF${header}\r\n${added}\r\n`,
    ],
    ["a quoted header", `"${COLUMNS.join('","')}"\n`, `"${COLUMNS.join('","')}"\n${added}\n`],
    ["a byte order mark alone", "\uFEFF", `\uFEFF${header}\n${added}\n`],
    ["CRLF and no final line end", `${header}\r\n${row}`, `${header}\r\n${row}\r\n${added}\r\n`],
    ["LF rows under a CRLF header", `${header}\r\n${row}\n`, `${header}\r\n${row}\n${added}\r\n`],
    ["an extra column", `${header},gpu\n${row},A\n`, `${header},gpu\n${row},A\n${added},\n`],
    [
      "one column and no final line end",
      "experiment_id\r\na",
      `${header}\r\n${row}\r\n${added}\r\n`,
    ],
    [
      "one column behind a byte order mark",
      '\uFEFF"experiment_id"\n"a"\n',
      `\uFEFF"experiment_id",${COLUMNS.slice(1).join(",")}\n"a"${",".repeat(21)}\n${added}\n`,
    ],
  ])("appends to %s", (_name, text, expected) => {
    const log = decodeLog(Buffer.from(text, "utf8"), "log.csv");
    const result = encoded(log, (draft) => upsert(draft, { experimentId: "b", patch: {}, now }));
    expect(result).toBe(expected);
  });

  it("begins a log with the canonical header alone", () => {
    expect(Buffer.from(encodeEmptyLog()).toString()).toBe(`${header}\n`);
    expect(decodeLog(encodeEmptyLog(), "log.csv").header).toEqual(COLUMNS);
  });

  it("reads and writes a log of thousands of cells", () => {
    const ids = Array.from({ length: 3_000 }, (_, at) => `id-${at}`);
    const log = logOf(`experiment_id,notes\n${ids.map((id) => `${id},x`).join("\n")}\n`);
    expect(ids.map((_, at) => log.cell(at, "experiment_id"))).toEqual(ids);
    const next = logOf(encoded(log, (draft) => draft.set(2_999, "notes", "y")));
    expect([next.cell(2_998, "notes"), next.cell(2_999, "notes")]).toEqual(["x", "y"]);
  });

  it("changes cells of several rows, of a widened file too, each in its place", () => {
    const text = encoded(logOf('notes,experiment_id\n1,a\n"2",b\né,c\n'), (draft) => {
      draft.set(2, "notes", "🔧");
      draft.set(0, "notes", "x,y");
      draft.set(0, "owner", "é");
    });
    const missing = COLUMNS.filter((column) => column !== "notes" && column !== "experiment_id");
    const cells = missing.map((column) => (column === "owner" ? "é" : "")).join(",");
    const empty = ",".repeat(missing.length);
    expect(text).toBe(
      `notes,experiment_id,${missing.join(",")}\n"x,y",a,${cells}\n"2",b${empty}\n🔧,c${empty}\n`,
    );
  });

  it("gives the same bytes back when nothing changed", () => {
    const log = logOf('experiment_id,notes\r\na,"x"\r\n');
    expect(encodeLog(createDraft(log))).toBe(log.bytes);
  });

  it("changes one record of the file when one cell changes, and only that cell in it", () => {
    const header = COLUMNS.join(",");
    const row = (id: string) => [`"${id}"`, ...Array(20).fill('""'), '"n, 1"'].join(",");
    const log = logOf(`${header}\r\n${row("a")}\r\n${row("b")}\r\n${row("c")}\r\n`);
    const text = encoded(log, (draft) => draft.set(1, "status", "running"));
    expect(text).toBe(
      `${header}\r\n${row("a")}\r\n${row("b").replace('"b","","",""', '"b","","",running')}\r\n${row("c")}\r\n`,
    );
  });

  it("appends rows with the file's line end, also after a last line without one", () => {
    const log = logOf(`${COLUMNS.join(",")}\r\na${",".repeat(21)}`);
    const text = encoded(log, (draft) =>
      upsert(draft, { experimentId: "b", patch: { notes: "two\nlines" }, now }),
    );
    expect(text.split("\r\n")).toHaveLength(4);
    expect(text).toContain(`\r\nb,,,planned,${",".repeat(14)}${now},${now},,"two\nlines"\r\n`);
    expect(logOf(text).cell(1, "notes")).toBe("two\nlines");
  });

  it("writes the canonical header into an empty file", () => {
    const text = encoded(logOf(""), (draft) =>
      upsert(draft, { experimentId: "a", patch: { status: "queued" }, now }),
    );
    expect(text.split("\n")[0]).toBe(COLUMNS.join(","));
    expect(logOf(text).cell(0, "status")).toBe("queued");
  });

  it("adds missing canonical columns at the end and keeps extra ones in place", () => {
    const log = logOf('gpu,experiment_id,status\nA100,a,planned\n"H,100",b,planned\n');
    const text = encoded(log, (draft) => draft.set(1, "notes", "x,y"));
    const next = logOf(text);
    expect(next.header.slice(0, 3)).toEqual(["gpu", "experiment_id", "status"]);
    expect([...next.header].sort()).toEqual([...COLUMNS, "gpu"].sort());
    expect(next.cell(1, "gpu")).toBe("H,100");
    expect(next.cell(1, "notes")).toBe("x,y");
    expect(next.cell(0, "notes")).toBe("");
  });

  it("reads back what it wrote, for any texts, in both line ends, as csv-parse does too", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ notes: cell, hypothesis: cell, command: cell }), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.constantFrom("\n", "\r\n"),
        (rows, lineEnd) => {
          const text = encoded(logOf(`${COLUMNS.join(",")}${lineEnd}`), (draft) => {
            for (const [at, row] of rows.entries())
              upsert(draft, { experimentId: `id-${at}`, patch: row, now });
          });
          const log = logOf(text);
          const records = parse(text, { columns: true, record_delimiter: lineEnd }) as Record<
            string,
            string
          >[];
          const columns = ["notes", "hypothesis", "command"] as const;
          const read = rows.map((_, at) => columns.map((column) => log.cell(at, column)));
          const judged = rows.map((_, at) => columns.map((column) => records[at]?.[column]));
          const written = rows.map((row) => columns.map((column) => row[column]));
          expect([read, judged]).toEqual([written, written]);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("writes a cell as csv-stringify does", () => {
    fc.assert(
      fc.property(cell, (text) => {
        const whole = stringify([["x", text]], { quoted_match: /[\r\n]/ });
        return `x,${encodeCell(text)}\n` === whole;
      }),
      { numRuns: 5_000 },
    );
  });

  it("leaves the bytes of every untouched record equal", () => {
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 2, maxLength: 8 }),
        fc.nat(),
        fc.boolean(),
        (notes, pick, quoted) => {
          const row = pick % notes.length;
          const write = (text: string) =>
            quoted ? `"${text.replaceAll('"', '""')}"` : encodeCell(text);
          const records = notes.map((note, at) => rowOf(`id-${at}`, note).map(write));
          const lines = [COLUMNS, ...records].map((record) => `${record.join(",")}\n`);
          const text = encoded(logOf(lines.join("")), (draft) =>
            draft.set(row, "status", "failed"),
          );
          const changed = [...(records[row] ?? [])];
          changed[COLUMNS.indexOf("status")] = "failed";
          lines[row + 1] = `${changed.join(",")}\n`;
          expect(text).toBe(lines.join(""));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("keeps what cells hold where the file is widened", () => {
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 2, maxLength: 8 }),
        fc.nat(),
        fc.boolean(),
        (notes, pick, quoted) => {
          const source = stringify(
            notes.map((note, at) => [`id-${at}`, note]),
            { quoted, quoted_match: /[\r\n]/, record_delimiter: "\r\n" },
          );
          const log = logOf(`experiment_id,notes\r\n${source}`);
          const row = pick % notes.length;
          const next = logOf(encoded(log, (draft) => draft.set(row, "status", "failed")));
          expect(notes.map((_, at) => next.cell(at, "notes"))).toEqual(notes);
          expect(next.cell(row, "status")).toBe("failed");
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

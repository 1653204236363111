import type { Files, FileVersions } from "../../../src/adapters/store/context.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { Edit, SessionFiles } from "../../../src/ports/log-store.ts";

const LOG = "experiment_log.csv";

/** A clock whose pauses are a fraction of what is asked for, and which remembers what was asked. */
export function createQuickClock(speed = 50): Clock & { readonly asked: number[] } {
  const asked: number[] = [];
  return {
    asked,
    now: () => `${new Date().toISOString().slice(0, 19)}Z`,
    monotonicMs: () => performance.now(),
    sleep(milliseconds) {
      asked.push(milliseconds);
      return new Promise((resolve) => setTimeout(resolve, milliseconds / speed));
    },
    random: Math.random,
  };
}

/** A log reduced to what the store can see: a header and one line for each id. */
export function readRows(files: Files | SessionFiles["files"]): Map<string, string> {
  const text = Buffer.from(files.get(LOG) ?? new Uint8Array()).toString("utf8");
  const lines = text
    .split("\n")
    .slice(1)
    .filter((line) => line !== "");
  return new Map(
    lines.map((line) => [line.slice(0, line.indexOf(",")), line.slice(line.indexOf(",") + 1)]),
  );
}

export function parseRows(content: Buffer | undefined): Map<string, string> {
  return readRows(new Map([[LOG, content ?? Buffer.alloc(0)]]));
}

export function encodeRows(rows: ReadonlyMap<string, string>): Buffer {
  const lines = [...rows].map(([id, value]) => `${id},${value}\n`);
  return Buffer.from(`experiment_id,objective_value\n${lines.join("")}`);
}

/** An edit that sets rows and renders a report of what is there then. */
export function setRows(rows: Readonly<Record<string, string>>): Edit<number> {
  return ({ files }) => {
    const next = new Map([...readRows(files), ...Object.entries(rows)]);
    return {
      files: new Map([
        [LOG, encodeRows(next)],
        ["experiment_report.md", Buffer.from(`${next.size} experiments\n`)],
      ]),
      message: { headline: `Record ${Object.keys(rows).join(", ")}`, body: "" },
      value: next.size,
    };
  };
}

export function assertKeepsRows(base: SessionFiles, next: Files): void {
  const kept = readRows(next);
  for (const id of readRows(base.files).keys()) {
    if (!kept.has(id)) throw new Error(`the row ${id} would be lost`);
  }
}

export function mergeRows({ ours, theirs }: FileVersions): Files {
  return new Map([[LOG, encodeRows(new Map([...readRows(theirs), ...readRows(ours)]))]]);
}

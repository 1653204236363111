import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LedgerEntry } from "../../../src/core/command/ledger.ts";
import { decodeLedger, encodeLedger } from "../../../src/core/command/ledger-codec.ts";
import { mergeLedgers } from "../../../src/core/merge/merge-ledgers.ts";

function line(opId: string, minute: number, overrides: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    opId,
    commentId: "1",
    commentUrl: "",
    actor: "ada",
    actorId: "7",
    command: "/note",
    experimentId: "a",
    outcome: "applied",
    detail: "",
    at: `2026-11-23T09:${String(minute).padStart(2, "0")}:00Z`,
    ...overrides,
  };
}

function bytesOf(lines: readonly LedgerEntry[]): Uint8Array {
  return encodeLedger(decodeLedger(undefined, "command_log.csv"), lines);
}

function merge(
  base: readonly LedgerEntry[],
  our: readonly LedgerEntry[],
  their: readonly LedgerEntry[],
) {
  const read = (lines: readonly LedgerEntry[]) => decodeLedger(bytesOf(lines), "command_log.csv");
  const bytes = mergeLedgers({ ancestor: read(base), ours: read(our), theirs: read(their) });
  return decodeLedger(bytes, "command_log.csv").entries;
}

const [A, B, C, D] = [line("a", 1), line("b", 2), line("c", 3), line("d", 4)];

describe("mergeLedgers", () => {
  it("keeps the lines of both sides, what each added about an experiment in the order of time", () => {
    expect(merge([A], [A, B, D], [A, C])).toEqual([A, B, C, D]);
    expect(merge([A], [A, C], [A, B, D])).toEqual([A, B, C, D]);
    expect(merge([A], [A, B], [A, C, D])).toEqual([A, B, C, D]);
  });

  it.each(["other", ""])("only extends ours where theirs is about other experiments: %j", (id) => {
    const [x, y] = [line("x", 1, { experimentId: id }), line("y", 2, { experimentId: id })];
    expect(merge([A], [A, C, D], [A, x, y])).toEqual([A, C, D, x, y]);
    expect(merge([], [y], [line("z", 1, { experimentId: "" })]).map(({ opId }) => opId)).toEqual([
      "y",
      "z",
    ]);
  });

  it("lets the last word on a launch be the later one, whichever side says it", () => {
    const [early, late] = [
      line("x", 5, { outcome: "launching" }),
      line("x", 6, { outcome: "launched" }),
    ];
    expect(merge([], [late], [early])).toEqual([early, late]);
    expect(merge([], [early], [late])).toEqual([early, late]);
  });

  it("keeps each side's own order, also where its clock ran backwards", () => {
    expect(merge([], [D, A], [B])).toEqual([B, D, A]);
  });

  it("has a line that both added once, and one that a side has twice twice", () => {
    expect(merge([A], [A, B, B], [A, B, C])).toEqual([A, B, B, C]);
  });

  it("has a comment that both took at different times once, as ours has it, and in front of what came of it", () => {
    const queued = (minute: number) => line("q", minute, { outcome: "queued-for-launch" });
    const came = [
      line("q", 2, { outcome: "launching" }),
      line("q", 3, { outcome: "launch-unknown" }),
    ];
    expect(merge([A], [A, queued(2), ...came], [A, queued(9)])).toEqual([A, queued(2), ...came]);
    expect(merge([A], [A, queued(9)], [A, queued(2), ...came])).toEqual([A, queued(9), ...came]);
  });

  it("puts what only they have about the lines that both have, as either side's order has it", () => {
    const [x, y] = [line("x", 1), line("y", 9)];
    expect(merge([], [B, D], [B, x, D, y])).toEqual([B, x, D, y]);
    expect(merge([], [D, B], [B, x, D])).toEqual([x, D, B]);
    expect(merge([], [B, C, D], [x, D, A])).toEqual([x, B, C, D, A]);
  });

  it("brings back a line that a side has lost", () => {
    expect(merge([A, B], [A], [A, B, C])).toEqual([A, B, C]);
    expect(merge([A, B], [A], [A])).toEqual([A, B]);
    expect(merge([A, B], [A, C], [A, B, D])).toEqual([A, B, C, D]);
  });

  it("gives our bytes back when they added nothing", () => {
    const ours = Buffer.from(
      Buffer.from(bytesOf([A, B]))
        .toString()
        .replaceAll("\n", "\r\n"),
    );
    const read = (bytes: Uint8Array) => decodeLedger(bytes, "command_log.csv");
    const merged = mergeLedgers({
      ancestor: read(bytesOf([A])),
      ours: read(ours),
      theirs: read(bytesOf([A])),
    });
    expect(merged).toBe(ours);
  });

  it("holds after any two continuations every line of both, as often as the side that has it most", () => {
    const lines = fc.array(fc.constantFrom(A, B, C, D));
    const property = fc.property(lines, lines, lines, (base, our, their) => {
      const merged = merge(base, [...base, ...our], [...base, ...their]);
      for (const one of [A, B, C, D]) {
        const count = (all: readonly LedgerEntry[]) =>
          all.filter(({ opId }) => opId === one.opId).length;
        expect(count(merged)).toBe(count(base) + Math.max(count(our), count(their)));
      }
      expect(merged.slice(0, base.length)).toEqual(base);
    });
    fc.assert(property);
  });
});

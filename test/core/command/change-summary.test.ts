import { describe, expect, it } from "vitest";
import { changeSummary } from "../../../src/core/command/change-summary.ts";

const row = (command: string, configPath = "") => ({ command, configPath });

describe("changeSummary", () => {
  it.each<readonly [string, string, string | undefined]>([
    [
      "t.py --lr 1e-3 --dropout 0.1",
      "t.py --lr 1e-4 warmup=100",
      "lr: 1e-3 → 1e-4, − dropout, + warmup=100",
    ],
    ["t.py --seed 1", "t.py --seed 2", "seed: 1 → 2"],
    ["t.py", "u.py --amp x", "t.py → u.py, + amp=x"],
    ["t.py x", "t.py --amp", "− x, + amp"],
    ["t.py", "t.py y", "+ y"],
    ["t.py --amp", "t.py", "− amp"],
    ["t.py --lr 1", "t.py --lr 1.0", undefined],
    ["", "t.py", undefined],
    ["t.py", "", undefined],
    ["t.py 'open", "t.py", undefined],
  ])("of %j and %j", (from, to, summary) => {
    expect(changeSummary(row(from), row(to))).toBe(summary);
  });

  it("names a change of config where both have one", () => {
    expect(changeSummary(row("", "a.yml"), row("", "b.yml"))).toBe("config: a.yml → b.yml");
    for (const [from, to] of [
      ["", "b.yml"],
      ["a.yml", ""],
      ["a.yml", "a.yml"],
    ]) {
      expect(changeSummary(row("", from), row("", to))).toBeUndefined();
    }
  });

  it("is cut where it would be very long", () => {
    const many = Array.from({ length: 200 }, (_, at) => `--p${at}=${at}`).join(" ");
    expect(changeSummary(row("t.py"), row(`t.py ${many}`))).toMatch(/^\+ p0=0.{900,1000}…$/);
  });
});

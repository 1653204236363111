import { describe, expect, it } from "vitest";
import { alreadyTried } from "../../../src/core/command/already-tried.ts";
import { type Cells, logTable } from "../../builders/log-table.ts";

const command = "python t.py --lr 1e-3 --amp";

/** The experiment of the others that ran the same as the first. */
function tried(first: Cells, ...others: readonly Cells[]): string | undefined {
  const rows = others.map((row, at) => ({ command, experiment_id: `old-${at + 1}`, ...row }));
  return alreadyTried(
    logTable([{ experiment_id: "new", status: "planned", ...first }, ...rows]),
    0,
  );
}

describe("alreadyTried", () => {
  it.each(["planned", "queued", "running", "completed", "failed", "cancelled", "superseded"])(
    "finds a row that is %s",
    (status) => {
      expect(tried({ command }, { status })).toBe("old-1");
    },
  );

  it("does not mind the order of named arguments, nor how they are written", () => {
    expect(tried({ command: "python  t.py --amp --lr=1e-3" }, {})).toBe("old-1");
    expect(tried({ command: "python 't.py' --lr '1e-3' --amp" }, {})).toBe("old-1");
  });

  it.each([
    ["another value", { command: "python t.py --lr 1e-4 --amp" }],
    ["another order of unnamed arguments", { command: "t.py python --lr 1e-3 --amp" }],
    ["an argument more", { command: `${command} x=1` }],
    ["no command", {}],
    ["a command that cannot be split", { command: "'open" }],
  ])("finds none for %s", (_name, first) => {
    expect(tried(first, {}, { command: "" }, { command: "'open" })).toBeUndefined();
  });

  it("does not mind how numbers are written, but which they are", () => {
    expect(tried({ command: "python t.py --lr 0.001 --amp" }, {})).toBe("old-1");
    expect(tried({ command: "t 1e1 --a 2" }, { command: "t 10 --a=2.0" })).toBe("old-1");
    expect(tried({ command: "t --a 2" }, { command: "t --a=2.5" })).toBeUndefined();
  });

  it("does not mind the program that launch.command starts, but any other", () => {
    const launched = ["python", "t.py", "--launcher", "queued", "{args...}"];
    const found = (first: string, other: string) => {
      const rows = [
        { experiment_id: "new", command: first },
        { experiment_id: "old", command: other },
      ];
      return alreadyTried(logTable(rows), 0, launched);
    };
    expect(found("--lr=1", "python t.py --lr 1.0")).toBe("old");
    expect(found("python t.py --launcher queued --lr=1", "--lr=1")).toBe("old");
    expect(found("python u.py --lr=1", "--lr=1")).toBeUndefined();
    expect(found("python u.py --lr=1", "python u.py --lr=1")).toBe("old");
  });

  it("tells configs apart where both rows name one", () => {
    const config = (config_path: string) => ({ command, config_path });
    expect(tried(config("a.yml"), config("b.yml"))).toBeUndefined();
    expect(tried(config("a.yml"), config("a.yml"))).toBe("old-1");
    expect(tried(config("a.yml"), config(""))).toBe("old-1");
    expect(tried(config(""), config("b.yml"))).toBe("old-1");
  });

  it("quotes the one that tells most, and of those the newest", () => {
    const at = (day: number) => ({ updated_at: `2026-03-0${day}T00:00:00Z` });
    expect(
      tried(
        { command },
        { status: "planned", ...at(9) },
        { status: "failed", ...at(3) },
        { status: "completed", ...at(2) },
        { status: "cancelled", ...at(8) },
        { status: "running", ...at(9) },
      ),
    ).toBe("old-2");
    expect(tried({ command }, at(1), { updated_at: "" }, at(1))).toBe("old-3");
  });
});

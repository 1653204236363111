import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editSettings, type SettingsEdit } from "../../../src/core/session/edit-settings.ts";
import { parseSettings } from "../../../src/core/session/parse-settings.ts";

const path = "experiments/mnist/session.yml";
const PAUSE: SettingsEdit = { keys: ["paused"], value: true };
const BASELINE: SettingsEdit = { keys: ["baseline"], value: "exp-1" };
const TARGET: SettingsEdit = { keys: ["objective", "target"], value: 0.25 };

function edited(text: string, edit: SettingsEdit): string {
  const result = editSettings(text, edit, path);
  if (result.kind === "refused") throw new Error(result.reason);
  return result.text;
}

describe("editSettings changes one value and keeps the rest byte for byte:", () => {
  const cases: readonly (readonly [string, SettingsEdit, string, string])[] = [
    ["a value", PAUSE, "paused: false # by hand\nissue: 1\n", "paused: true # by hand\nissue: 1\n"],
    ["a quoted value", BASELINE, "baseline: 'old' # why\n", "baseline: exp-1 # why\n"],
    [
      "a value of several lines",
      BASELINE,
      "baseline: |-\n  old\nissue: 1\n",
      "baseline: exp-1\nissue: 1\n",
    ],
    ["a key without a value", PAUSE, "paused:\nissue: 1\n", "paused: true\nissue: 1\n"],
    ["a key with only a comment", PAUSE, "paused: # soon\n", "paused: true # soon\n"],
    [
      "an absent key",
      PAUSE,
      "# top\nissue: 1 # ours\n# end\n",
      "# top\nissue: 1 # ours\npaused: true\n# end\n",
    ],
    ["an absent key without a final line end", PAUSE, "issue: 1", "issue: 1\npaused: true\n"],
    ["a key after one without a value", PAUSE, "issue:\n", "issue:\npaused: true\n"],
    [
      "an absent key where lines end with CRLF",
      PAUSE,
      "issue: 1\r\nalerts:\r\n",
      "issue: 1\r\nalerts:\r\npaused: true\r\n",
    ],
    ["an empty file", PAUSE, "", "paused: true\n"],
    ["a file of comments", PAUSE, "# nothing yet", "# nothing yet\npaused: true\n"],
    ["a file with only a byte order mark", PAUSE, "\uFEFF", "\uFEFFpaused: true\n"],
    [
      "a file behind a byte order mark",
      PAUSE,
      "\uFEFFissue: 1\n",
      "\uFEFFissue: 1\npaused: true\n",
    ],
    [
      "a document with its marks",
      PAUSE,
      "---\nissue: 1\n...\n",
      "---\nissue: 1\npaused: true\n...\n",
    ],
    [
      "a file in braces",
      PAUSE,
      "{ issue: 1, alerts: [], }\n",
      "{ issue: 1, alerts: [], paused: true, }\n",
    ],
    ["empty braces", PAUSE, "{}\n", "{ paused: true }\n"],
    [
      "a section in braces",
      TARGET,
      "objective: { metric: loss, mode: min } # goal\n",
      "objective: { metric: loss, mode: min, target: 0.25 } # goal\n",
    ],
    [
      "a section on lines",
      TARGET,
      "objective:\n    metric: loss # tag\n    # more\n\nissue: 1\n",
      "objective:\n    metric: loss # tag\n    target: 0.25\n    # more\n\nissue: 1\n",
    ],
    [
      "a value in a section",
      TARGET,
      "objective: { target: .3, mode: min }\n",
      "objective: { target: 0.25, mode: min }\n",
    ],
    ["an absent section", TARGET, "issue: 1\n", "issue: 1\nobjective: { target: 0.25 }\n"],
    [
      "a section without values",
      TARGET,
      "objective: # goal\n",
      "objective: { target: 0.25 } # goal\n",
    ],
    ["a section of an empty file", TARGET, "", "objective: { target: 0.25 }\n"],
  ];
  it.each(cases)("%s", (_name, edit, before, after) => {
    expect(edited(before, edit)).toBe(after);
  });
});

describe("editSettings", () => {
  it("quotes what YAML would read as something else", () => {
    expect(edited("", { keys: ["baseline"], value: "1e5" })).toBe('baseline: "1e5"\n');
    expect(edited("", { keys: ["baseline"], value: "a: b #c" })).toBe('baseline: "a: b #c"\n');
  });

  it("lets the library print the file where the place is not plain to see", () => {
    const text = edited("? issue\n: 1\n# kept\n? alerts\n", PAUSE);
    expect(text).toContain("# kept");
    expect(parseSettings(text, path)).toMatchObject({ issue: 1, paused: true });
  });

  it.each([
    ["? objective\n# kept\n? issue\n: 1\n"],
    ["? queue\n: &q {} # kept\n? objective\n: *q\n"],
    ["? objective\n: metric: loss # kept\n"],
  ])("sets what stands in a section that is written like %j", (before) => {
    const text = edited(before, TARGET);
    expect(text).toContain("# kept");
    expect(parseSettings(text, path).objective.target).toBe(0.25);
  });

  it("refuses where an anchor repeats the value", () => {
    const text = "paused: &p false\nproposals: { two-person: *p }\n";
    expect(editSettings(text, PAUSE, path)).toEqual({
      kind: "refused",
      reason: expect.stringContaining("without changing something else"),
    });
  });

  it("refuses a value that the settings do not take, and says why", () => {
    const result = editSettings("issue: 1\n", { keys: ["baseline"], value: "x".repeat(300) }, path);
    expect(result).toEqual({
      kind: "refused",
      reason: expect.stringMatching(/session\.yml:2:11: baseline is .*1 to 256 characters/),
    });
  });

  it("does not take a fault of the program for a value that the settings do not take", () => {
    let calls = 0;
    const faulty = {
      toString: () => {
        calls += 1;
        if (calls > 1) throw new TypeError("no value's fault");
        return path;
      },
    };
    const edit = { keys: ["baseline"], value: "x".repeat(300) } as const;
    expect(() => editSettings("issue: 1\n", edit, faulty as unknown as string)).toThrow(TypeError);
  });

  it("changes exactly the one setting, whatever stands around it", () => {
    const line = fc.constantFrom(
      "issue: 3 # c",
      "alerts: [stop]",
      "objective:\n  metric: 'a b'\n  mode: min",
      "proposals: {max-open: 4}",
      "queue:\n  kind: xax # k\n\n  source: gpu",
      "stop:",
      "paused: false",
      'baseline: "x\\u00e9y"',
    );
    const lines = fc.uniqueArray(line, { selector: (text) => text.split(":")[0] ?? "" });
    const edits = fc.constantFrom(PAUSE, BASELINE, TARGET);
    fc.assert(
      fc.property(lines, edits, fc.constantFrom("\n", "\r\n"), (parts, edit, lineEnd) => {
        const before = parts.join("\n# note\n").replaceAll("\n", lineEnd);
        const after = edited(before, edit);
        const old = parseSettings(before, path);
        const wanted = {
          paused: { ...old, paused: true },
          baseline: { ...old, baseline: "exp-1" },
          objective: { ...old, objective: { ...old.objective, target: 0.25 } },
        };
        expect(parseSettings(after, path)).toEqual(wanted[edit.keys[0] as keyof typeof wanted]);
        expect(edited(after, edit)).toBe(after);
        for (const comment of before.match(/#.*/g) ?? []) expect(after).toContain(comment);
      }),
      { numRuns: 300 },
    );
  });
});

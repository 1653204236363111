import { describe, expect, it } from "vitest";
import type { Command } from "../../../../src/core/command/command.ts";
import { InputError } from "../../../../src/core/errors.ts";
import {
  apply,
  entriesOf,
  outcomesOf,
  sentencesOf,
  sessionFiles,
  settingsText,
} from "../../../builders/apply.ts";

const TEXT = "# ours\nobjective: { metric: loss, mode: min } # goal\nissue: 3\n";
const files = sessionFiles({ rows: [{}, { experiment_id: "x".repeat(300) }], settings: TEXT });
const baseline = (id: string): Command => ({ name: "baseline", id });
const target = (value: number): Command => ({ name: "target", value });
const stop = (text?: string): Command => ({
  name: "stop",
  ...(text === undefined ? {} : { text }),
});

describe("/baseline, /target, /stop and /resume", () => {
  it("change their line of session.yml, and no row", () => {
    const applied = apply(files, [
      baseline("exp-1"),
      target(0.25),
      stop("enough"),
      { name: "resume" },
    ]);
    expect(settingsText(applied.files)).toBe(
      "# ours\nobjective: { metric: loss, mode: min, target: 0.25 } # goal\nissue: 3\nbaseline: exp-1\npaused: false\n",
    );
    expect(applied.files.get("experiment_log.csv")).toBe(files.get("experiment_log.csv"));
    expect(
      outcomesOf(applied).map(({ experimentIds, changes }) => [experimentIds, changes]),
    ).toEqual([
      [["exp-1"], []],
      [[], []],
      [[], []],
      [[], []],
    ]);
    expect(
      entriesOf(applied.files).map(({ experimentId, detail }) => [experimentId, detail]),
    ).toEqual([
      ["exp-1", "baseline exp-1"],
      ["", "target 0.25"],
      ["", "paused: enough"],
      ["", "not paused"],
    ]);
  });

  it("make the file where there is none", () => {
    const bare = sessionFiles({ rows: [{}] });
    expect(settingsText(apply(bare, [stop()]).files)).toBe("paused: true\n");
    expect(settingsText(apply(bare, [{ name: "resume" }]).files)).toBeUndefined();
  });

  it("say what stood there before", () => {
    const old = sessionFiles({
      rows: [{}, {}],
      settings: "baseline: exp-1\nobjective: { target: 1 }\n",
    });
    const applied = apply(old, [baseline("exp-2"), target(2)]);
    expect(outcomesOf(applied).map(({ notes }) => notes)).toEqual([
      [{ kind: "sentence", text: 'The baseline is "exp-2", before it was "exp-1".' }],
      [{ kind: "sentence", text: "The target is 2, before it was 1." }],
    ]);
    expect(entriesOf(applied.files).map(({ detail }) => detail)).toEqual([
      "baseline exp-1 → exp-2",
      "target 1 → 2",
    ]);
  });

  it("leave the file as it is where it says so already, with a line in the ledger", () => {
    const same = sessionFiles({
      rows: [{}],
      settings: "baseline: 'exp-1'\nobjective: { target: 2.0 }\npaused: true\n",
    });
    const applied = apply(same, [baseline("exp-1"), target(2), stop()]);
    expect(applied.files.get("session.yml")).toBe(same.get("session.yml"));
    expect(entriesOf(applied.files).map(({ detail }) => detail)).toEqual([
      "baseline exp-1",
      "target 2",
      "paused",
    ]);
    expect(outcomesOf(applied)[0]?.notes).toEqual([
      { kind: "sentence", text: 'The baseline is "exp-1".' },
    ]);
  });

  it("remove secrets from the reason", () => {
    const redact = (text: string) => text.replaceAll("hunter2", "[redacted]");
    const applied = apply(files, [stop("for hunter2")], { redact });
    expect(entriesOf(applied.files)[0]?.detail).toBe("paused: for [redacted]");
  });

  it("refuse a baseline that the log or the settings do not take", () => {
    expect(sentencesOf(apply(files, [baseline("exp-9")]))).toEqual([
      expect.stringContaining('no experiment "exp-9"'),
    ]);
    const refused = apply(files, [baseline("x".repeat(300))]);
    expect(sentencesOf(refused)).toEqual([
      expect.stringMatching(
        /baseline is "x.*expected a text of 1 to 256 characters.*Edit the file by hand\.$/,
      ),
    ]);
    expect(refused.files).toBe(files);
  });

  it("refuse a file that could not be written back as it was", () => {
    const latin = new Map(files).set("session.yml", Buffer.from("# caf\xe9\n", "latin1"));
    expect(sentencesOf(apply(latin, [stop()]))).toEqual([
      "experiments/mnist/session.yml holds bytes that are not UTF-8; save it as UTF-8 first. Edit the file by hand.",
    ]);
    expect(sentencesOf(apply(latin, [{ name: "note", id: "exp-1", text: "x" }]))).toEqual([]);
  });

  it("stand back where the file is not valid", () => {
    const broken = new Map(files).set("session.yml", Buffer.from("isue: 1\n"));
    expect(() => apply(broken, [stop()])).toThrow(InputError);
  });
});

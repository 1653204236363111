import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  changedParameters,
  parseParameters,
} from "../../../src/core/analysis/changed-parameters.ts";

const words = (text: string) => text.split(" ").filter((word) => word !== "");

describe("parseParameters", () => {
  it.each<readonly [string, readonly string[], readonly (readonly [string, unknown])[]]>([
    [
      "python train.py --lr 1e-3 --amp",
      ["python", "train.py"],
      [
        ["lr", ["1e-3"]],
        ["amp", [undefined]],
      ],
    ],
    [
      "--lr=1e-3 -k=v batch=8",
      [],
      [
        ["lr", ["1e-3"]],
        ["k", ["v"]],
        ["batch", ["8"]],
      ],
    ],
    [
      "--shift -0.5 --low -1e-3",
      [],
      [
        ["shift", ["-0.5"]],
        ["low", ["-1e-3"]],
      ],
    ],
    [
      "--amp --lr 2",
      [],
      [
        ["amp", [undefined]],
        ["lr", ["2"]],
      ],
    ],
    [
      "--amp model.depth=8",
      [],
      [
        ["amp", [undefined]],
        ["model.depth", ["8"]],
      ],
    ],
    ["--tag a --tag b", [], [["tag", ["a", "b"]]]],
    [
      "+x=1 ~y=2 --empty=",
      [],
      [
        ["+x", ["1"]],
        ["~y", ["2"]],
        ["empty", [""]],
      ],
    ],
    ["-5 - -- =x", ["-5", "-", "--", "=x"], []],
  ])("reads %s", (command, positional, named) => {
    const parameters = parseParameters(words(command));
    expect([...parameters.named]).toEqual(named);
    expect(parameters.positional).toEqual(positional);
  });
});

describe("changedParameters", () => {
  const changes = (from: string, to: string) => changedParameters(words(from), words(to));

  it("names what changed, what is new and what is gone", () => {
    expect(
      changes("a.py --lr=1e-3 --dropout --seed 1", "a.py --lr 1e-4 --seed 2 warmup=100"),
    ).toEqual([
      { kind: "changed", name: "lr", from: "1e-3", to: "1e-4" },
      { kind: "removed", name: "dropout", value: undefined },
      { kind: "changed", name: "seed", from: "1", to: "2" },
      { kind: "added", name: "warmup", value: "100" },
    ]);
  });

  it("compares arguments without a name by their place", () => {
    expect(changes("a.py x y", "b.py x")).toEqual([
      { kind: "changed", name: undefined, from: "a.py", to: "b.py" },
      { kind: "removed", name: undefined, value: "y" },
    ]);
    expect(changes("", "x")).toEqual([{ kind: "added", name: undefined, value: "x" }]);
  });

  it("takes numbers for what they are worth", () => {
    expect(changes("--lr 1e-3 -n +2", "--lr 0.001 -n 2.0")).toEqual([]);
    expect(changes("--id 1e3x", "--id 1000")).toHaveLength(1);
  });

  it("tells a flag that got a value, and values that repeat", () => {
    expect(changes("--amp", "--amp=O1")).toEqual([
      { kind: "changed", name: "amp", from: "on", to: "O1" },
    ]);
    expect(changes("--amp=O1", "--amp")).toEqual([
      { kind: "changed", name: "amp", from: "O1", to: "on" },
    ]);
    expect(changes("--tag a", "--tag a --tag b")).toEqual([
      { kind: "changed", name: "tag", from: "a", to: "a b" },
    ]);
  });

  it("finds nothing between a command and itself, whatever the order of its named arguments", () => {
    const named = fc.uniqueArray(fc.constantFrom("--a=1", "--b=x", "c=2", "--d"), { minLength: 1 });
    fc.assert(
      fc.property(named, named, (one, other) => {
        expect(changedParameters(one, [...one].reverse())).toEqual([]);
        const there = changedParameters(one, other).length;
        expect(changedParameters(other, one)).toHaveLength(there);
      }),
    );
  });
});

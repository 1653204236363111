import { describe, expect, test } from "vitest";
import {
  hasOwnOutcome,
  isApproval,
  isOf,
  isOfLaunch,
  isQueued,
  OUTCOMES,
} from "../../../src/core/command/ledger.ts";
import { COMMANDS } from "../../../src/core/command/registry.ts";

test("a line is of the command whose whole name it begins with", () => {
  expect(isOf("note", { command: "/note a b" })).toBe(true);
  expect(isOf("resume", { command: "/resume" })).toBe(true);
  expect(isOf("note", { command: "/notes a" })).toBe(false);
  expect(isOf("note", { command: "note a" })).toBe(false);
});

describe("the outcomes of a command", () => {
  const outcomesOf = (command: string) =>
    OUTCOMES.filter((outcome) => hasOwnOutcome({ command, outcome }));

  test("are those of its handler and, of /launch, of the launch", () => {
    expect(outcomesOf("/approve exp-1")).toEqual(["approved"]);
    expect(outcomesOf("/launch exp-1")).toEqual(OUTCOMES.slice(2));
    const others = Object.entries(COMMANDS).filter(([, { needs }]) => needs !== "read");
    for (const [name] of others.filter(([name]) => name !== "approve" && name !== "launch")) {
      expect(outcomesOf(`/${name} exp-1`)).toEqual(["applied"]);
    }
  });

  test("are those of any other command, too, which a later version may know", () => {
    expect(outcomesOf("/launches exp-1")).toEqual(["applied"]);
    expect(outcomesOf("/later")).toEqual(["applied"]);
  });

  test.each(["note exp-1", "/", "/launch\texp-1", ""])("are none for %j", (command) => {
    expect(outcomesOf(command)).toEqual([]);
  });
});

test("approvals, what is queued and what is about a launch are told by the outcome", () => {
  const those = (is: (entry: { readonly outcome: (typeof OUTCOMES)[number] }) => boolean) =>
    OUTCOMES.filter((outcome) => is({ outcome }));
  expect(those(isApproval)).toEqual(["approved", "queued-for-launch"]);
  expect(those(isQueued)).toEqual(["queued-for-launch"]);
  expect(those(isOfLaunch)).toEqual(OUTCOMES.slice(2));
});

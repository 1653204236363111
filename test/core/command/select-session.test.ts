import { describe, expect, test } from "vitest";
import type { LedgerEntry } from "../../../src/core/command/ledger.ts";
import { type SessionThread, selectSession } from "../../../src/core/command/select-session.ts";
import { threadsOf } from "../../../src/core/command/threads-of.ts";

const session = (name: string, issue?: number, threads: readonly number[] = []): SessionThread => ({
  name,
  issue,
  threads: new Set(threads),
});

const on = (issue: number, ...named: string[]) => ({ issue, isNewIssue: false, named });

describe("the session a comment is about", () => {
  test("is the one whose issue it stands on", () => {
    const sessions = [session("a", 1), session("b", 2)];
    expect(selectSession(sessions, on(2))).toEqual({ kind: "session", name: "b", isBound: true });
  });

  test("is the one whose ledger knows the issue", () => {
    const sessions = [session("a", 1, [9]), session("b", 2)];
    expect(selectSession(sessions, on(9))).toEqual({ kind: "session", name: "a", isBound: true });
  });

  test("is none on an issue of nobody's", () => {
    expect(selectSession([session("a", 1)], on(3))).toEqual({ kind: "none" });
    expect(selectSession([], on(3))).toEqual({ kind: "none" });
  });

  test("is the one session without an issue, on any issue", () => {
    const sessions = [session("a", 1), session("b")];
    expect(selectSession(sessions, on(7))).toEqual({ kind: "session", name: "b", isBound: false });
  });

  test("is named where an issue carries several", () => {
    const sessions = [session("a", 1), session("b", 1)];
    expect(selectSession(sessions, on(1))).toMatchObject({
      kind: "problem",
      sentence: expect.stringContaining("(a, b); add session=NAME"),
    });
    expect(selectSession(sessions, on(1, "b", "b"))).toMatchObject({ name: "b" });
  });

  test("is one for the whole comment", () => {
    const sessions = [session("a", 1), session("b", 1)];
    expect(selectSession(sessions, on(1, "a", "b"))).toMatchObject({ kind: "problem" });
  });

  test("is not one of another issue, even when it is named", () => {
    const sessions = [session("a", 1), session("b", 2)];
    expect(selectSession(sessions, on(1, "b"))).toMatchObject({
      kind: "problem",
      sentence: 'there is no session "b" here, expected one of "a"',
    });
  });

  test("is any session for a new issue", () => {
    const sessions = [session("a", 1), session("b", 2)];
    const asked = { issue: 9, isNewIssue: true };
    expect(selectSession(sessions, { ...asked, named: ["b"] })).toEqual({
      kind: "session",
      name: "b",
      isBound: false,
    });
    expect(selectSession(sessions, { ...asked, named: [] })).toMatchObject({ kind: "problem" });
  });
});

test("a ledger knows the issues and pull requests its comments stand on", () => {
  const urls = [
    "https://github.com/a/b/issues/12#issuecomment-1",
    "https://github.com/a/b/pull/13#issuecomment-2",
    "https://github.com/a/b/issues/14",
    "",
    "https://github.com/a/b/issues/x",
  ];
  const entries = urls.map((commentUrl) => ({ commentUrl }) as LedgerEntry);
  const ledger = { path: "command_log.csv", bytes: new Uint8Array(), entries };
  expect([...threadsOf(ledger)]).toEqual([12, 13, 14]);
});

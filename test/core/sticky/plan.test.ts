import { expect, test } from "vitest";
import { parseMarker, renderMarker } from "../../../src/core/sticky/marker.ts";
import { type PlannedComment, planComment } from "../../../src/core/sticky/plan.ts";

const KEY = "lj.0123456789abcdef";
const desired = { rev: "c".repeat(40), seq: 5, hash: "d".repeat(64), body: "# Report\n" };

function comment(
  id: number,
  overrides: Partial<PlannedComment & { key: string; seq: number; hash: string }> = {},
) {
  const { key = KEY, seq = 4, hash = "e".repeat(64), ...rest } = overrides;
  const body = `${renderMarker({ key, rev: "f".repeat(40), seq, hash })}\n# Older report\n`;
  return { id, body, isOurs: true, authorLogin: "github-actions[bot]", ...rest };
}

const plan = (comments: readonly PlannedComment[], commentAuthor?: string) =>
  planComment({
    comments,
    key: KEY,
    desired,
    ...(commentAuthor === undefined ? {} : { commentAuthor }),
  });

const body = `${renderMarker({ ...desired, key: KEY })}\n# Report\n`;

test("a thread without our report gets one", () => {
  expect(plan([comment(1, { body: "hello" })])).toEqual({ kind: "create", body });
});

test("the created body carries its marker on the first line", () => {
  expect(parseMarker(body)).toEqual({ key: KEY, rev: desired.rev, seq: 5, hash: desired.hash });
});

test("our report is updated in place", () => {
  expect(plan([comment(1)])).toEqual({ kind: "update", id: 1, body, remove: [] });
});

test("the same hash is left alone, whatever commit it was rendered from", () => {
  expect(plan([comment(1, { hash: desired.hash })])).toEqual({
    kind: "unchanged",
    id: 1,
    remove: [],
  });
});

test("a newer report is never undone", () => {
  expect(plan([comment(1, { seq: 6 })])).toEqual({
    kind: "skip",
    reason: "newer report",
    id: 1,
    remove: [],
  });
});

test("a newer report that only a duplicate holds stays until its run brings it to the oldest", () => {
  const thread = [comment(1), comment(2, { seq: 6 }), comment(3), comment(4, { seq: 6 })];
  expect(plan(thread)).toMatchObject({ kind: "skip", id: 1, remove: [3, 4] });
  expect(plan([comment(1, { seq: 6 }), comment(2, { seq: 6 })])).toMatchObject({ remove: [2] });
  const newest = planComment({ comments: thread, key: KEY, desired: { ...desired, seq: 6 } });
  expect(newest).toMatchObject({ kind: "update", id: 1, remove: [2, 3, 4] });
});

test("after the writing a report of the same seq is as good, an older one is not", () => {
  const planAgain = (seq: number) =>
    planComment({ comments: [comment(1, { seq })], key: KEY, desired, isWritten: true });
  expect(planAgain(5)).toEqual({ kind: "unchanged", id: 1, remove: [] });
  expect(planAgain(4)).toMatchObject({ kind: "update", id: 1 });
  expect(planAgain(6)).toMatchObject({ kind: "skip", id: 1 });
});

test("the same seq with another hash is written: the settings changed", () => {
  expect(plan([comment(1, { seq: 5 })])).toMatchObject({ kind: "update", id: 1 });
});

test("of several of ours the oldest is kept and the others go", () => {
  expect(plan([comment(3), comment(5), comment(9)])).toEqual({
    kind: "update",
    id: 3,
    body,
    remove: [5, 9],
  });
  expect(plan([comment(3, { hash: desired.hash }), comment(5)])).toEqual({
    kind: "unchanged",
    id: 3,
    remove: [5],
  });
});

test("a marker pasted by somebody else is never ours, with the highest seq neither", () => {
  const forged = comment(1, { isOurs: false, authorLogin: "mallory", seq: 10 ** 12 });
  expect(plan([forged])).toEqual({ kind: "create", body });
  expect(plan([forged, comment(2)])).toEqual({ kind: "update", id: 2, body, remove: [] });
});

test("another session's report is not ours to touch", () => {
  expect(plan([comment(1, { key: "lj2.0123456789abcdef" })]).kind).toBe("create");
});

test("a report of the identity named in report.comment-author is ours after a change of token", () => {
  const old = comment(1, { isOurs: false, authorLogin: "Old-Bot" });
  expect(plan([old], "old-bot")).toMatchObject({ kind: "update", id: 1 });
  expect(plan([old], "other-bot").kind).toBe("create");
  expect(plan([comment(1, { isOurs: false, authorLogin: undefined })], "old-bot").kind).toBe(
    "create",
  );
});

test.each(["github-actions", "GitHub-Actions[bot]"])(
  "an app that wrote the report is found by its name, written %s",
  (name) => {
    const old = comment(1, { isOurs: false, authorLogin: "github-actions[bot]" });
    expect(plan([old], name)).toMatchObject({ kind: "update", id: 1 });
  },
);

test("a person who has the name of the app is not the app", () => {
  const forged = comment(1, { isOurs: false, authorLogin: "github-actions" });
  expect(plan([forged], "github-actions[bot]").kind).toBe("create");
});

test("a comment of ours that quotes the marker further down is not the report", () => {
  expect(plan([comment(1, { body: `see\n${body}` })]).kind).toBe("create");
});

import { expect, test } from "vitest";
import type { PlannedComment } from "../../../src/core/sticky/plan.ts";
import { planReply } from "../../../src/core/sticky/plan-reply.ts";
import { parseReplyMarker, renderReplyMarker } from "../../../src/core/sticky/reply-marker.ts";

const body = `${renderReplyMarker("77")}\nDone.\n`;

function reply(id: number, overrides: Partial<PlannedComment> = {}): PlannedComment {
  return { id, body, isOurs: true, authorLogin: "github-actions[bot]", ...overrides };
}

const plan = (comments: readonly PlannedComment[], isWritten = false) =>
  planReply({ comments, commentId: "77", body: "Done.\n", isWritten });

test("a comment without a reply gets one, marker first", () => {
  expect(plan([reply(1, { body: "hello" })])).toEqual({ kind: "create", body });
  expect(parseReplyMarker(body)).toBe("77");
});

test("the same reply is left alone, however GitHub stored its line ends", () => {
  const unchanged = { kind: "unchanged", id: 1, remove: [] };
  expect(plan([reply(1)])).toEqual(unchanged);
  expect(plan([reply(1, { body: `${renderReplyMarker("77")}\r\nDone.` })])).toEqual(unchanged);
});

test("another text of ours is brought up to date", () => {
  const older = reply(1, { body: `${renderReplyMarker("77")}\nTry again.\n` });
  expect(plan([older])).toEqual({ kind: "update", id: 1, body, remove: [] });
});

test("of several replies the oldest is kept and the others go", () => {
  const older = reply(1, { body: `${renderReplyMarker("77")}\nTry again.\n` });
  expect(plan([older, reply(2), reply(3)])).toMatchObject({
    kind: "update",
    id: 1,
    remove: [2, 3],
  });
  expect(plan([reply(1), reply(2)])).toEqual({ kind: "unchanged", id: 1, remove: [2] });
});

test("after the writing the reply of another run is as good", () => {
  const other = reply(1, { body: `${renderReplyMarker("77")}\nDone already.\n` });
  expect(plan([other, reply(2)], true)).toEqual({ kind: "unchanged", id: 1, remove: [2] });
});

test("a reply to another comment and a marker that somebody pasted are not it", () => {
  const create = { kind: "create", body };
  expect(plan([reply(1, { body: `${renderReplyMarker("7")}\nDone.\n` })])).toEqual(create);
  expect(plan([reply(1, { body: `${renderReplyMarker("issue-77")}\nDone.\n` })])).toEqual(create);
  expect(plan([reply(1, { isOurs: false })])).toEqual(create);
});

test.each(["77", "issue-12", "3100000001"])("the marker of %s is read back", (id) => {
  expect(parseReplyMarker(renderReplyMarker(id))).toBe(id);
  expect(parseReplyMarker(`${renderReplyMarker(id)}\r\ntext`)).toBe(id);
});

test.each([
  "",
  "<!-- experiment-monitor:reply -->",
  "<!-- experiment-monitor:reply 077 -->",
  "<!-- experiment-monitor:reply 77 --> text",
  " <!-- experiment-monitor:reply 77 -->",
  "text\n<!-- experiment-monitor:reply 77 -->",
  "<!-- experiment-monitor:reply 77 78 -->",
  "<!-- experiment-monitor:reply pull-77 -->",
  `<!-- experiment-monitor:reply ${"9".repeat(20)} -->`,
])("%j is no reply's first line", (line) => {
  expect(parseReplyMarker(line)).toBeUndefined();
});

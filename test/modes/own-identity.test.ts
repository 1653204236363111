import { expect, test } from "vitest";
import type { PostedComment } from "../../src/ports/posted-comments.ts";
import { createCommandRun, postedComment } from "../builders/take-comment.ts";

const LOG = "experiment_log.csv";
const SESSION = { a: { "session.yml": "issue: 1\n", [LOG]: "experiment_id,status\nra,planned\n" } };
const BODY = "/note ra dropped";
const BOT = { login: "monitor[bot]", id: "9", isBot: true };

async function caughtUp(...posted: readonly PostedComment[]): Promise<boolean> {
  const run = createCommandRun(SESSION, { posted });
  await run.catchUp();
  return (run.texts("a")[LOG] ?? "").includes("dropped");
}

test("what a person wrote by hand is caught up although the run uses that person's token", async () => {
  expect(await caughtUp(postedComment(BODY, { isOurs: true }))).toBe(true);
  const ownReactions = new Set(["-1", "rocket"] as const);
  expect(await caughtUp(postedComment(BODY, { isOurs: true, ownReactions }))).toBe(true);
});

test("what the run wrote is not, be it as a bot or with a marker", async () => {
  expect(await caughtUp(postedComment(BODY, { isOurs: true, author: BOT }))).toBe(false);
  const marked = `<!-- experiment-monitor:reply 6 -->\n${BODY}`;
  expect(await caughtUp(postedComment(marked, { isOurs: true }))).toBe(false);
});

test("what was answered, or has the run's reaction, is processed", async () => {
  const reply = postedComment("<!-- experiment-monitor:reply 7 -->\n", { id: 8, isOurs: true });
  expect(await caughtUp(postedComment(BODY, { isOurs: true }), reply)).toBe(false);
  expect(await caughtUp(postedComment(BODY), { ...reply, isOurs: false })).toBe(true);
  for (const reaction of ["-1", "confused", "rocket"] as const) {
    const ownReactions = new Set([reaction]);
    expect(await caughtUp(postedComment(BODY, { ownReactions }))).toBe(false);
  }
});

test("a marker on the first line is the run's own when its identity wrote it, and anybody's otherwise", async () => {
  const body = `<!-- experiment-monitor:reply 6 -->\n\n${BODY}`;
  const own = createCommandRun(SESSION, { isOwn: async () => true });
  expect(await own.say(body)).toMatchObject({ kind: "ignored" });
  expect(await own.say(BODY)).toMatchObject({ kind: "done" });
  const other = createCommandRun(SESSION);
  expect(await other.say(body)).toMatchObject({ kind: "done" });
});

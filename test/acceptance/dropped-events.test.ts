import { afterEach, beforeEach, expect, test } from "vitest";
import { decodeLedger } from "../../src/core/command/ledger-codec.ts";
import { cellsOf, readLog } from "../builders/log.ts";
import type { RecordedRequest } from "../support/github/record.ts";
import { expectNoViolations } from "../support/github/server.ts";
import { type CommandScene, createCommandScene } from "./command-scene.ts";

const DROPPED = 200;

let scene: CommandScene;

beforeEach(async () => {
  scene = await createCommandScene();
});

afterEach(async () => {
  expectNoViolations(scene.github);
  await scene.github.close();
});

/** Leaves a proposal, and as many comments about it, of which no run hears. */
function leaveComments(count: number) {
  const notes = Array.from({ length: count - 1 }, (_, at) => `/note a remark ${at}.`);
  return ["/propose a\nWhy not.", ...notes].map((body) => scene.leave(body));
}

type Comments = ReturnType<typeof leaveComments>;

/** Each comment has one line in the ledger, in order, and one reply; the row has all remarks. */
async function expectAllTaken(comments: Comments): Promise<void> {
  const ledger = decodeLedger(Buffer.from(await scene.readLedger()), "ledger");
  const ids = ledger.entries.map(({ commentId }) => commentId);
  expect(ids).toEqual(comments.map(({ id }) => String(id)));
  const replies = comments.map((comment) => scene.repliesTo(comment).length);
  expect(replies).toEqual(comments.map(() => 1));
  const log = readLog(await scene.readLog());
  const { notes = "" } = cellsOf(log, log.rowOf("a") ?? -1);
  const remarks = comments.slice(1).map((_, at) => `remark ${at}.`);
  expect(notes.split("\n").map((line) => line.slice(line.indexOf(": ") + 2))).toEqual(remarks);
}

test(`${DROPPED} dropped events are caught up by one sync: one commit, a reply for each`, async () => {
  await scene.run();
  const comments = leaveComments(DROPPED);
  const before = (await scene.repo.log("main")).length;
  scene.github.reset();
  const { exitCode, stderr, outputs } = await scene.run();
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(outputs["decision"]).toBe("synced");
  expect((await scene.repo.log("main")).length).toBe(before + 1);
  // A run of GitHub Actions has 1,000 requests an hour: for each comment two reactions and the reply.
  expect(scene.github.requests.length).toBeLessThan(DROPPED * 3 + 40);
  await expectAllTaken(comments);
  scene.github.reset();
  expect((await scene.run()).outputs["decision"]).toBe("unchanged");
  expect(scene.github.writes()).toBe(0);
});

type Match = (request: RecordedRequest) => boolean;

const isCommit: Match = ({ graphqlOperation }) => graphqlOperation === "createCommitOnBranch";
const isComment: Match = ({ method, path }) => method === "POST" && path.endsWith("/comments");
const isReaction: Match = ({ method, path }) => method === "POST" && path.endsWith("/reactions");

test.each([
  ["while it says that it has seen them", isReaction, 5, "timeout-before"],
  ["before the commit", isCommit, 1, "timeout-before"],
  ["after the commit", isCommit, 1, "timeout-after-apply"],
  ["between the replies", isComment, 5, "timeout-after-apply"],
] as const)(
  "a sync that is cancelled %s is finished by the next",
  async (_moment, kind, ordinal, fault) => {
    await scene.run();
    const comments = leaveComments(10);
    const kill = new AbortController();
    let seen = 0;
    const match: Match = (request) => {
      if (kind(request)) seen += 1;
      if (!kind(request) || seen !== ordinal) return false;
      kill.abort();
      return true;
    };
    scene.github.inject({ match, kind: fault });
    expect((await scene.run({}, { kill: kill.signal })).signal).toBe("SIGKILL");
    scene.github.reset();
    expect((await scene.run()).exitCode).toBe(0);
    await expectAllTaken(comments);
  },
);

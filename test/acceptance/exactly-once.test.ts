import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectNoViolations } from "../support/github/server.ts";
import { type CommandScene, createCommandScene } from "./command-scene.ts";

const PROPOSAL = "/propose a\nBecause.";

let scene: CommandScene;

beforeEach(async () => {
  scene = await createCommandScene();
});

afterEach(async () => {
  expectNoViolations(scene.github);
  await scene.github.close();
});

function stickies(): number {
  const bodies = scene.repo.comments(1).map(({ body }) => body);
  return bodies.filter((body) => body.includes("experiment-monitor:report")).length;
}

async function rowsOf(id: string): Promise<number> {
  const lines = (await scene.readLog()).split("\n");
  return lines.filter((line) => line.startsWith(`${id},`)).length;
}

describe("exactly once", () => {
  test("an event eight times at once and three times after is one row, one reply, one report", async () => {
    const comment = scene.leave(`${PROPOSAL}\n\n/approve a`);
    const results = await Promise.all(Array.from({ length: 8 }, () => scene.deliver(comment)));
    for (let again = 0; again < 3; again += 1) results.push(await scene.deliver(comment));
    expect(results.map(({ exitCode }) => exitCode)).toEqual(results.map(() => 0));
    expect(results.map(({ outputs }) => outputs["decision"])).toEqual(results.map(() => "applied"));
    expect(await rowsOf("a")).toBe(1);
    expect((await scene.readLedger()).trim().split("\n")).toHaveLength(3);
    expect(scene.repliesTo(comment)).toHaveLength(1);
    expect([...scene.reactionsTo(comment)].sort()).toEqual(["eyes", "rocket"]);
    expect(stickies()).toBe(1);
  });

  test("eight people at once lose nothing", async () => {
    const people = Array.from({ length: 8 }, (_, at) => `user${at}`);
    const comments = people.map((user) =>
      scene.leave(`/propose p${user} --sweep\nWhy ${user}.`, { user }),
    );
    await Promise.all(comments.map((comment) => scene.deliver(comment)));
    for (const user of people) expect(await rowsOf(`p${user}`)).toBe(1);
    for (const comment of comments) expect(scene.repliesTo(comment)).toHaveLength(1);
    expect(stickies()).toBe(1);
  });

  test("a crash after the commit and before the reply is made good by the next delivery", async () => {
    const comment = scene.leave(PROPOSAL);
    scene.github.inject({
      match: (request) => request.method === "POST" && request.path.endsWith("/comments"),
      kind: "403",
      times: 10,
    } as Parameters<typeof scene.github.inject>[0]);
    const first = await scene.deliver(comment);
    expect(first.exitCode).toBe(0);
    expect(await rowsOf("a")).toBe(1);
    expect(scene.repliesTo(comment)).toHaveLength(0);
    scene.github.reset();
    const second = await scene.deliver(comment);
    expect(second.outputs["decision"]).toBe("applied");
    expect(await rowsOf("a")).toBe(1);
    expect(scene.repliesTo(comment)).toHaveLength(1);
  });
});

describe("the catch-up of a sync", () => {
  test("applies what no run has processed, in order, and answers it", async () => {
    const propose = scene.leave(PROPOSAL);
    const approve = scene.leave("/approve a", { user: "bob" });
    const denied = scene.leave("/approve a", { user: "guest", role: "read" });
    const wrong = scene.leave("/approve b", { user: "bob" });
    const { exitCode } = await scene.run();
    expect(exitCode).toBe(0);
    expect(await rowsOf("a")).toBe(1);
    expect(await scene.readLedger()).toContain("approved");
    for (const comment of [propose, approve, wrong])
      expect(scene.repliesTo(comment)).toHaveLength(1);
    expect(scene.repliesTo(denied)).toHaveLength(0);
    expect(scene.reactionsTo(denied)).toEqual(["-1"]);
    const before = await scene.repo.head();
    const comments = scene.repo.comments(1).length;
    scene.github.reset();
    const again = await scene.run();
    expect(again.outputs["decision"]).toBe("unchanged");
    expect(await scene.repo.head()).toBe(before);
    expect(scene.repo.comments(1)).toHaveLength(comments);
    expect(scene.github.writes()).toBe(0);
    expect(scene.github.reads()).toBeLessThanOrEqual(6);
  });

  test("records the queue before a proposal of the same run", async () => {
    scene.leave(PROPOSAL);
    await scene.run();
    const ids = (await scene.readLog()).split("\n").map((line) => line.split(",", 1)[0]);
    expect(ids.indexOf("job-0000006")).toBeGreaterThan(0);
    expect(ids.indexOf("a")).toBeGreaterThan(ids.indexOf("job-0000006"));
  });

  test("leaves what was edited before it was processed, and says so", async () => {
    const comment = scene.leave("/propose x\nInnocent.");
    scene.repo.editComment(comment.id, PROPOSAL);
    await scene.run();
    expect(await rowsOf("a")).toBe(0);
    expect(await rowsOf("x")).toBe(0);
    expect(scene.repliesTo(comment)[0]).toContain("edited before it was processed");
    const head = await scene.repo.head();
    await scene.run();
    expect(await scene.repo.head()).toBe(head);
    expect(scene.repliesTo(comment)).toHaveLength(1);
  });

  test("leaves what is older than seven days", async () => {
    const createdAt = new Date(Date.now() - 8 * 86_400_000).toISOString();
    const comment = scene.leave(PROPOSAL, { createdAt });
    await scene.run();
    expect(await rowsOf("a")).toBe(0);
    expect(scene.repliesTo(comment)).toHaveLength(0);
  });

  test("is also what mode command does on a schedule", async () => {
    const comment = scene.leave(PROPOSAL);
    const { outputs } = await scene.run({ mode: "command" });
    expect(outputs["decision"]).toBe("applied");
    expect(await rowsOf("a")).toBe(1);
    expect(scene.repliesTo(comment)).toHaveLength(1);
  });
});

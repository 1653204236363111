import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectNoViolations } from "../support/github/server.ts";
import { commentEvent } from "../support/runner.ts";
import { type CommandScene, createCommandScene, MONITOR } from "./command-scene.ts";
import { SETTINGS } from "./scene.ts";

const PROPOSAL = "/propose a\nBecause.";

let scene: CommandScene;

beforeEach(async () => {
  scene = await createCommandScene();
});

afterEach(async () => {
  expectNoViolations(scene.github);
  await scene.github.close();
});

async function expectNothing(before: string | undefined): Promise<void> {
  expect(await scene.repo.head()).toBe(before);
  expect(await scene.readLog()).not.toContain("Because.");
}

describe("who may", () => {
  test.each([
    ["none", "refused"],
    ["read", "refused"],
    ["triage", "applied"],
    ["write", "applied"],
    ["maintain", "applied"],
    ["admin", "applied"],
  ] as const)("%s proposing is %s", async (role, decision) => {
    const { result, replies, reactions } = await scene.say(PROPOSAL, { role });
    expect(result.exitCode).toBe(0);
    expect(result.outputs["decision"]).toBe(decision);
    if (decision === "applied") return;
    expect(reactions).toEqual(["-1"]);
    expect(replies).toEqual([]);
  });

  test.each([
    ["triage", "refused"],
    ["write", "applied"],
    ["maintain", "applied"],
    ["admin", "applied"],
  ] as const)("%s approving is %s", async (role, decision) => {
    await scene.say(PROPOSAL);
    const { result, reactions } = await scene.say("/approve a", { user: "bob", role });
    expect(result.outputs["decision"]).toBe(decision);
    expect(reactions.includes("-1")).toBe(decision === "refused");
  });

  test("a custom role counts for what it may do", async () => {
    const comment = scene.leave(PROPOSAL, { user: "alice" });
    scene.repo.setPermission("alice", "write", "research-lead");
    expect((await scene.deliver(comment)).outputs["decision"]).toBe("applied");
  });

  test("the input min-permission raises the bar", async () => {
    await scene.say(PROPOSAL);
    const inputs = { "min-permission": "maintain" };
    const { result } = await scene.say("/approve a", { user: "bob", role: "write", inputs });
    expect(result.outputs["decision"]).toBe("refused");
    const again = await scene.say("/approve a", { user: "bob", role: "maintain", inputs });
    expect(again.result.outputs["decision"]).toBe("applied");
  });

  test("a role revoked between comment and run is none", async () => {
    const comment = scene.leave(PROPOSAL, { role: "write" });
    scene.repo.setPermission("alice", "read");
    const before = await scene.repo.head();
    expect((await scene.deliver(comment)).outputs["decision"]).toBe("refused");
    await expectNothing(before);
  });

  test("whoever re-runs must be allowed too", async () => {
    const comment = scene.leave(PROPOSAL);
    scene.repo.setPermission("mallory", "read");
    const env = { GITHUB_TRIGGERING_ACTOR: "mallory", GITHUB_RUN_ATTEMPT: "2" };
    const before = await scene.repo.head();
    expect((await scene.deliver(comment, { env })).outputs["decision"]).toBe("refused");
    await expectNothing(before);
    scene.repo.setPermission("mallory", "write");
    expect((await scene.deliver(comment, { env })).outputs["decision"]).toBe("applied");
  });

  test("two-person: nobody approves a proposal of their own", async () => {
    await scene.repo.commitFiles("main", {
      "experiments/mnist/session.yml": `${SETTINGS}proposals: { two-person: true }\n`,
    });
    await scene.say(PROPOSAL, { user: "alice" });
    expect((await scene.say("/approve a", { user: "alice" })).result.outputs["decision"]).toBe(
      "refused",
    );
    expect((await scene.say("/launch a", { user: "alice" })).result.outputs["decision"]).toBe(
      "refused",
    );
    expect((await scene.say("/approve a", { user: "bob" })).result.outputs["decision"]).toBe(
      "applied",
    );
  });

  test.each([
    ["403", { kind: "403" }],
    ["500", { kind: "500" }],
    ["a reset", { kind: "reset" }],
  ])("%s on the question who may fails the run and keeps the command", async (_name, fault) => {
    const comment = scene.leave(PROPOSAL);
    const before = await scene.repo.head();
    scene.github.inject({
      match: (request) => request.path.includes("/collaborators/"),
      times: 20,
      ...fault,
    } as Parameters<typeof scene.github.inject>[0]);
    const failed = await scene.deliver(comment);
    expect(failed.exitCode).toBe(1);
    expect(failed.outputs["decision"]).toBe("failed");
    await expectNothing(before);
    scene.github.reset();
  });
});

describe("what is no command", () => {
  test.each([
    ["an ordinary comment", "Looks good to me."],
    ["a quote", "> /propose a\n> Because."],
    ["the lazy continuation of a quote", "> I would\n/propose a\nBecause."],
    ["a fence", "```\n/propose a\nBecause.\n```"],
    ["indented code", "    /propose a\n    Because."],
    ["an HTML comment", "<!--\n/propose a\nBecause.\n-->"],
    ["a path", "/usr/bin/python says Because."],
    ["a word further in", "Try /propose a\nBecause."],
  ])("%s is left alone", async (_name, body) => {
    const before = await scene.repo.head();
    const { result, replies, reactions } = await scene.say(body);
    expect(result.exitCode).toBe(0);
    expect(result.outputs["decision"]).toBe("ignored");
    expect(replies).toEqual([]);
    expect(reactions).toEqual([]);
    await expectNothing(before);
  });

  test.each(["edited", "deleted"])("a comment that was %s is left alone", async (action) => {
    const comment = scene.leave(PROPOSAL);
    const before = await scene.repo.head();
    const payload = commentEvent(scene.repo, comment, { action });
    const result = await scene.run({}, { eventName: "issue_comment", payload });
    expect(result.outputs["decision"]).toBe("ignored");
    await expectNothing(before);
  });

  test("a bot's comment is left alone, unless session.yml names the bot", async () => {
    const before = await scene.repo.head();
    const bot = await scene.say(PROPOSAL, { user: "helper[bot]" });
    expect(bot.result.outputs["decision"]).toBe("ignored");
    await expectNothing(before);
    await scene.repo.commitFiles("main", {
      "experiments/mnist/session.yml": `${SETTINGS}proposals: { allowed-bots: ["helper[bot]", "${MONITOR}"] }\n`,
    });
    expect((await scene.say(PROPOSAL, { user: "helper[bot]" })).result.outputs["decision"]).toBe(
      "applied",
    );
    const own = await scene.say("/propose b\nOur own words.", { user: MONITOR });
    expect(own.result.outputs["decision"]).toBe("ignored");
  });

  test("a comment on an issue of no session is left alone", async () => {
    const other = scene.repo.createIssue({ title: "Another", body: "" });
    const before = await scene.repo.head();
    const { result, reactions } = await scene.say(PROPOSAL, { issue: other.number });
    expect(result.outputs["decision"]).toBe("ignored");
    expect(reactions).toEqual([]);
    await expectNothing(before);
  });

  test("with a prefix only prefixed lines are commands", async () => {
    const inputs = { "command-prefix": "exp" };
    expect((await scene.say(PROPOSAL, { inputs })).result.outputs["decision"]).toBe("ignored");
    const { result } = await scene.say("/exp propose a\nBecause.", { inputs });
    expect(result.outputs["decision"]).toBe("applied");
  });

  test("a mistyped name on the first line is explained to who may", async () => {
    const { result, replies, reactions } = await scene.say("/aprove a");
    expect(result.outputs["decision"]).toBe("refused");
    expect(replies[0]).toContain("approve");
    expect(reactions).toEqual(["confused"]);
    const stranger = await scene.say("/aprove a", { user: "guest", role: "none" });
    expect(stranger.replies).toEqual([]);
  });

  test("a body too long or with NUL is refused", async () => {
    const { result } = await scene.say(`/note a ${"x".repeat(70_000)}`);
    expect(result.outputs["decision"]).toBe("refused");
  });
});

test("commands on a pull request that carries the report are taken", async () => {
  await scene.repo.commitFiles("main", {
    "experiments/mnist/session.yml": SETTINGS.replace("issue: 1", "issue: 2"),
  });
  await scene.repo.createBranch("topic");
  await scene.repo.commitFiles("topic", { "x.txt": "x" });
  const pull = await scene.repo.createPull({ title: "Topic", head: "topic" });
  expect((await scene.say(PROPOSAL, { issue: pull.number })).result.outputs["decision"]).toBe(
    "applied",
  );
});

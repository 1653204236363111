import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createComments } from "../../../src/adapters/github/comments.ts";
import { parseMarker } from "../../../src/core/sticky/marker.ts";
import { parseReplyMarker } from "../../../src/core/sticky/reply-marker.ts";
import { publishReport } from "../../../src/modes/publish-report.ts";
import type { FaultKind } from "../../support/github/faults.ts";
import { expectNoViolations } from "../../support/github/server.ts";
import { publishReply } from "../../support/publish-reply.ts";
import { openWorld, type World } from "../store/world.ts";

const KEY = "mnist.0123456789abcdef";
const EIGHT = [1, 2, 3, 4, 5, 6, 7, 8];

let world: World;
let issue: number;

beforeAll(async () => {
  world = await openWorld({ "README.md": "# Loop\n" });
});
afterAll(() => world.close());
beforeEach(() => {
  issue = world.repo.createIssue({ title: "The loop" }).number;
  world.repo.addComment(issue, { user: "ada", body: "/status" });
});
afterEach(() => {
  expectNoViolations(world.github);
  world.github.reset();
});

/** Every run has a client of its own, as in life. */
function openComments() {
  return createComments({ client: world.client(), owner: "lab", repo: "loop" });
}

function reply(body: string) {
  return publishReply(openComments(), { issue, commentId: "77", body, isDryRun: false });
}

function report(seq: number) {
  return publishReport(openComments(), {
    issue,
    key: KEY,
    desired: { rev: "b".repeat(40), seq, hash: String(seq).padStart(64, "0") },
    renderBody: () => `report ${seq}`,
    commentAuthor: undefined,
    isDryRun: false,
  });
}

function replies() {
  return world.repo.comments(issue).filter(({ body }) => parseReplyMarker(body) === "77");
}

describe("eight runs at once", () => {
  it("leave one reply, and three more write nothing", async () => {
    const published = await Promise.all(EIGHT.map(() => reply("Done.")));
    expect(published.map(({ kind }) => kind)).not.toContain("skipped");
    expect(replies()).toHaveLength(1);
    world.github.reset();
    for (const _ of [1, 2, 3]) expect(await reply("Done.")).toMatchObject({ kind: "unchanged" });
    expect(world.github.writes()).toBe(0);
  });

  it("leave one reply where they say different things", async () => {
    await Promise.all(EIGHT.map((run) => reply(`Done by ${run}.`)));
    expect(replies()).toHaveLength(1);
    expect(world.repo.comments(issue)).toHaveLength(2);
  });

  it("leave one report, and the next run brings it up to date", async () => {
    await Promise.all(EIGHT.map((seq) => report(seq)));
    await report(9);
    const [, ...ours] = world.repo.comments(issue);
    expect(ours.map(({ body }) => parseMarker(body)?.seq)).toEqual([9]);
  });

  const landed: readonly FaultKind[] = ["502-after-apply", "reset-after-apply", "truncated-json"];

  it.each(landed)("leave one reply where three of the creations end with %s", async (kind) => {
    const isCreation = ({ operation }: { operation?: string | undefined }) =>
      operation === "issues/create-comment";
    world.github.inject({ match: isCreation, kind, times: 3 });
    await Promise.all(EIGHT.map(() => reply("Done.")));
    expect(replies()).toHaveLength(1);
  });

  it("are settled by the next run where lists lag", async () => {
    world.github.limits.listLagMs = 300;
    await Promise.all([reply("Done."), reply("Done.")]);
    world.github.limits.listLagMs = 0;
    expect(replies()).toHaveLength(2);
    await sleep(400);
    expect(await reply("Done.")).toMatchObject({ kind: "unchanged", id: replies()[0]?.id });
    expect(replies()).toHaveLength(1);
  });
});

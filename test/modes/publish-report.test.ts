import { describe, expect, it } from "vitest";
import { type Marker, parseMarker, renderMarker } from "../../src/core/sticky/marker.ts";
import { publishReport } from "../../src/modes/publish-report.ts";
import { createFakeComments, type Mishap } from "../fakes/comments.ts";

const KEY = "mnist.0123456789abcdef";
const desired = { rev: "b".repeat(40), seq: 100, hash: "c".repeat(64) };

function stickyOf(marker: Partial<Marker> = {}) {
  const old = { key: KEY, rev: "a".repeat(40), seq: 99, hash: "d".repeat(64) };
  return { body: `${renderMarker({ ...old, ...marker })}\nold` };
}

async function publish(
  present: Parameters<typeof createFakeComments>[0],
  mishaps: readonly (Mishap | undefined)[] = [],
  overrides: { issue?: number; isDryRun?: boolean; commentAuthor?: string } = {},
) {
  const comments = createFakeComments(present, mishaps);
  let rendered = 0;
  const published = await publishReport(comments, {
    issue: 1,
    key: KEY,
    desired,
    renderBody: () => {
      rendered += 1;
      return "new";
    },
    commentAuthor: undefined,
    isDryRun: false,
    ...overrides,
  });
  return { published, rendered, ...comments };
}

const unclear: Mishap = { kind: "unclear", detail: "502" };

describe("publishReport", () => {
  it("creates the comment where there is none, marker first", async () => {
    const { published, thread } = await publish([{ body: "hello" }]);
    expect(published).toEqual({ kind: "created", id: 2, url: "https://github.test/comments/2" });
    expect(thread[1]?.body).toBe(`${renderMarker({ key: KEY, ...desired })}\nnew`);
  });

  it("updates its own and takes its duplicates away", async () => {
    const { published, calls, thread } = await publish([stickyOf(), { body: "x" }, stickyOf()]);
    expect(published).toMatchObject({ kind: "updated", id: 1 });
    expect(calls).toEqual(["update 1", "remove 3"]);
    expect(thread.map(({ id }) => id)).toEqual([1, 2]);
  });

  it("writes nothing, and renders nothing, when the same report stands there", async () => {
    const { published, calls, rendered } = await publish([{}, stickyOf({ hash: desired.hash })]);
    expect(published).toEqual({ kind: "unchanged", id: 2, url: "https://github.test/comments/2" });
    expect([calls, rendered]).toEqual([[], 0]);
  });

  it("takes duplicates of an unchanged report away", async () => {
    const same = stickyOf({ hash: desired.hash });
    expect((await publish([same, same])).calls).toEqual(["remove 2"]);
  });

  it("leaves a newer report alone", async () => {
    const { published, calls } = await publish([stickyOf({ seq: 101 })]);
    expect(published).toMatchObject({ kind: "skipped", reason: "newer-report" });
    expect(calls).toEqual([]);
  });

  it("creates the comment again when it was deleted meanwhile, and removes nothing before", async () => {
    const { published, calls } = await publish([stickyOf(), stickyOf()], [{ kind: "gone" }]);
    expect(published).toMatchObject({ kind: "updated", id: 1 });
    expect(calls).toEqual(["update 1", "update 1", "remove 2"]);
  });

  it("looks again after an unclear creation, and finds that it landed", async () => {
    const { published, calls, thread } = await publish([], [{ kind: "landed" }]);
    expect(published).toMatchObject({ kind: "created", id: 1 });
    expect(calls).toEqual(["create"]);
    expect(thread).toHaveLength(1);
  });

  it("looks again after an unclear update, and finds that it landed", async () => {
    const { published, calls } = await publish([stickyOf()], [{ kind: "landed" }]);
    expect(published).toMatchObject({ kind: "updated", id: 1 });
    expect(calls).toEqual(["update 1"]);
  });

  it("creates once more when an unclear creation did not land", async () => {
    const { published, calls } = await publish([], [unclear]);
    expect(published).toMatchObject({ kind: "created", id: 1 });
    expect(calls).toEqual(["create", "create"]);
  });

  it("gives up after three unclear answers and says the last", async () => {
    const { published, calls } = await publish(
      [],
      [unclear, unclear, { kind: "unclear", detail: "504" }],
    );
    expect(published).toEqual({ kind: "skipped", reason: "unclear", detail: "504" });
    expect(calls).toHaveLength(3);
  });

  it.each(["locked", "forbidden", "comment-cap", "not-found", "too-long"] as const)(
    "says why it is refused: %s",
    async (reason) => {
      const refused: Mishap = { kind: "refused", reason, detail: "no" };
      const { published, calls } = await publish([stickyOf(), stickyOf()], [refused]);
      expect(published).toEqual({ kind: "skipped", reason, detail: "no" });
      expect(calls).toEqual(["update 1"]);
    },
  );

  it("says that the issue does not exist", async () => {
    expect((await publish([], [], { issue: 9 })).published).toEqual({
      kind: "skipped",
      reason: "not-found",
      detail: "issue or pull request 9 does not exist or is out of reach",
    });
  });

  it("knows the comment of an earlier identity, and none that somebody pasted", async () => {
    const theirs = { ...stickyOf(), isOurs: false, authorLogin: "Old-Bot" };
    expect((await publish([theirs], [], { commentAuthor: "old-bot" })).calls).toEqual(["update 1"]);
    expect((await publish([theirs])).calls).toEqual(["create"]);
  });

  it("only says what it would do in a dry run", async () => {
    const { published, calls, thread } = await publish([stickyOf()], [], { isDryRun: true });
    expect(published).toEqual({ kind: "planned", action: "update" });
    expect(calls).toEqual([]);
    expect(parseMarker(String(thread[0]?.body))?.seq).toBe(99);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMarker } from "../../src/core/sticky/marker.ts";
import { parseReplyMarker } from "../../src/core/sticky/reply-marker.ts";
import { publishReport } from "../../src/modes/publish-report.ts";
import type { Comments } from "../../src/ports/comments.ts";
import { createFakeComments, type Mishap } from "../fakes/comments.ts";
import { publishReply } from "../support/publish-reply.ts";

const RUNS = { numRuns: 300 };
const KEY = "mnist.0123456789abcdef";

/** The same conversation, whose answers reach each run in an order that chance picks. */
function inAnyOrder(comments: Comments, scheduler: fc.Scheduler): Comments {
  const turn = () => scheduler.schedule(Promise.resolve());
  return {
    async readThread(issue) {
      await turn();
      const thread = await comments.readThread(issue);
      await turn();
      return thread;
    },
    async create(issue, body) {
      await turn();
      return comments.create(issue, body);
    },
    async update(id, body) {
      await turn();
      return comments.update(id, body);
    },
    async remove(id) {
      await turn();
      return comments.remove(id);
    },
  };
}

async function all<T>(scheduler: fc.Scheduler, runs: readonly Promise<T>[]): Promise<readonly T[]> {
  await scheduler.waitFor(Promise.all(runs));
  return Promise.all(runs);
}

function report(comments: Comments, seq: number, hash = String(seq).padStart(64, "0")) {
  return publishReport(comments, {
    issue: 1,
    key: KEY,
    desired: { rev: "b".repeat(40), seq, hash },
    renderBody: () => `report ${seq}`,
    commentAuthor: undefined,
    isDryRun: false,
  });
}

const landings = fc.array(fc.constantFrom<(Mishap | undefined)[]>(undefined, { kind: "landed" }), {
  maxLength: 4,
});

describe("runs at the same time", () => {
  it("leave one reply, whatever each of them says", async () => {
    const bodies = fc.array(fc.constantFrom("Done.", "Done already."), {
      minLength: 2,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), bodies, landings, async (scheduler, texts, mishaps) => {
        const comments = createFakeComments([{ body: "/status", isOurs: false }], mishaps);
        const shared = inAnyOrder(comments, scheduler);
        const request = { issue: 1, commentId: "77", isDryRun: false };
        const runs = texts.map((body) => publishReply(shared, { ...request, body }));
        const published = await all(scheduler, runs);
        const replies = comments.thread.filter(({ body }) => parseReplyMarker(body) === "77");
        expect(replies).toHaveLength(1);
        expect(published.every(({ kind }) => kind !== "skipped")).toBe(true);
        expect(comments.thread).toHaveLength(2);
      }),
      RUNS,
    );
  });

  it("leave one report, and the next run finds nothing but to bring it up to date", async () => {
    const seqs = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), seqs, landings, async (scheduler, given, mishaps) => {
        const comments = createFakeComments([], mishaps);
        const shared = inAnyOrder(comments, scheduler);
        await all(
          scheduler,
          given.map((seq) => report(shared, seq)),
        );
        expect(comments.thread).toHaveLength(1);
        const calls = comments.calls.length;
        await report(comments, 5);
        expect(comments.calls.slice(calls)).toEqual(["update 1"]);
        expect(parseMarker(String(comments.thread[0]?.body))?.seq).toBe(5);
      }),
      RUNS,
    );
  });

  it("leave the newest report where each reads back before the others write", async () => {
    const comments = createFakeComments();
    for (const seq of [3, 1, 2]) await report(comments, seq);
    expect(parseMarker(String(comments.thread[0]?.body))?.seq).toBe(3);
    expect(comments.calls).toEqual(["create"]);
  });
});

describe("a report", () => {
  it("that an older one was put over is written again", async () => {
    const comments = createFakeComments();
    let reads = 0;
    const racing: Comments = {
      ...comments,
      readThread: async (issue) => {
        reads += 1;
        if (reads === 2) {
          const older = createFakeComments();
          await report(older, 1);
          comments.thread.splice(0, 1, ...older.thread);
        }
        return comments.readThread(issue);
      },
    };
    expect(await report(racing, 2)).toMatchObject({ kind: "created", id: 1 });
    expect(comments.calls).toEqual(["create", "update 1"]);
    expect(parseMarker(String(comments.thread[0]?.body))?.seq).toBe(2);
  });

  it("of the same commit that another run put over it is left alone", async () => {
    const comments = createFakeComments();
    let reads = 0;
    const racing: Comments = {
      ...comments,
      readThread: async (issue) => {
        reads += 1;
        if (reads === 2) {
          const other = createFakeComments();
          await report(other, 2, "f".repeat(64));
          comments.thread.splice(0, 1, ...other.thread);
        }
        return comments.readThread(issue);
      },
    };
    expect(await report(racing, 2)).toMatchObject({ kind: "created", id: 1 });
    expect(comments.calls).toEqual(["create"]);
  });

  it("gives up writing over an older one that comes back three times", async () => {
    const older = createFakeComments();
    await report(older, 1);
    const comments = createFakeComments(older.thread);
    const stubborn: Comments = {
      ...comments,
      readThread: async () => older.readThread(1),
    };
    expect(await report(stubborn, 2)).toMatchObject({ kind: "updated", id: 1 });
    expect(comments.calls).toEqual(["update 1", "update 1", "update 1", "update 1"]);
  });

  it("that a newer one has replaced leaves that alone", async () => {
    const newer = createFakeComments();
    await report(newer, 3);
    const comments = createFakeComments();
    let reads = 0;
    const racing: Comments = {
      ...comments,
      readThread: async (issue) => {
        reads += 1;
        return reads === 1 ? comments.readThread(issue) : newer.readThread(issue);
      },
    };
    expect(await report(racing, 2)).toMatchObject({ kind: "created", id: 1 });
    expect(comments.calls).toEqual(["create"]);
  });

  it("stays at what an unclear repair left", async () => {
    const older = createFakeComments();
    await report(older, 1);
    const unclear: Mishap = { kind: "unclear", detail: "502" };
    const comments = createFakeComments(older.thread, [undefined, unclear, unclear, unclear]);
    const stubborn: Comments = { ...comments, readThread: async () => older.readThread(1) };
    expect(await report(stubborn, 2)).toMatchObject({ kind: "updated", id: 1 });
    expect(comments.calls).toHaveLength(4);
  });
});

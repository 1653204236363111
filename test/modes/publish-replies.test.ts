import { describe, expect, it } from "vitest";
import { RemoteError } from "../../src/core/errors.ts";
import { parseReplyMarker, renderReplyMarker } from "../../src/core/sticky/reply-marker.ts";
import { publishReplies } from "../../src/modes/publish-replies.ts";
import type { ThreadComment } from "../../src/ports/comments.ts";
import { createFakeComments, type FakeComments, type Mishap } from "../fakes/comments.ts";
import { publishReply } from "../support/publish-reply.ts";

const MARKER = renderReplyMarker("77");
const request = { issue: 1, commentId: "77", body: "Done.\n", isDryRun: false };

function replyOf(text = "Done.\n") {
  return { body: `${MARKER}\n${text}` };
}

async function publish(
  present: Parameters<typeof createFakeComments>[0],
  mishaps: readonly (Mishap | undefined)[] = [],
  overrides: Partial<typeof request> = {},
) {
  const comments = createFakeComments(present, mishaps);
  const published = await publishReply(comments, { ...request, ...overrides });
  return { published, ...comments };
}

/** Comments as above of which another run changes the thread before each read but the first. */
function meddling(comments: FakeComments, meddle: (read: number) => void): FakeComments {
  let reads = 0;
  return {
    ...comments,
    readThread: async (issue) => {
      reads += 1;
      if (reads > 1) meddle(reads);
      return comments.readThread(issue);
    },
  };
}

describe("publishReplies", () => {
  it("creates the reply, marker first", async () => {
    const { published, thread } = await publish([{ body: "/status" }]);
    expect(published).toEqual({ kind: "created", id: 2, url: "https://github.test/comments/2" });
    expect(thread[1]?.body).toBe(`${MARKER}\nDone.\n`);
  });

  it("writes nothing when it stands there", async () => {
    const { published, calls } = await publish([{}, replyOf()]);
    expect(published).toMatchObject({ kind: "unchanged", id: 2 });
    expect(calls).toEqual([]);
  });

  it("brings an older text up to date and takes duplicates away", async () => {
    const { published, calls } = await publish([replyOf("Try again."), replyOf(), {}]);
    expect(published).toMatchObject({ kind: "updated", id: 1 });
    expect(calls).toEqual(["update 1", "remove 2"]);
  });

  it("is not led astray by a marker that somebody pasted", async () => {
    const { published, thread } = await publish([{ ...replyOf(), isOurs: false }]);
    expect(published).toMatchObject({ kind: "created", id: 2 });
    expect(thread).toHaveLength(2);
  });

  it("never blindly repeats a creation", async () => {
    const { published, calls, thread } = await publish([], [{ kind: "landed" }]);
    expect(published).toMatchObject({ kind: "created", id: 1 });
    expect([calls, thread.length]).toEqual([["create"], 1]);
  });

  it("creates once more when an unclear creation did not land", async () => {
    const { published, calls } = await publish([], [{ kind: "unclear", detail: "502" }]);
    expect(published).toMatchObject({ kind: "created" });
    expect(calls).toEqual(["create", "create"]);
  });

  it("says why it cannot be written", async () => {
    const refused: Mishap = { kind: "refused", reason: "locked", detail: "no" };
    expect((await publish([], [refused])).published).toEqual({
      kind: "skipped",
      reason: "locked",
      detail: "no",
    });
    expect((await publish([], [], { issue: 9 })).published).toMatchObject({ reason: "not-found" });
  });

  it("only says what it would do in a dry run", async () => {
    const { published, calls } = await publish([], [], { isDryRun: true });
    expect(published).toEqual({ kind: "planned", action: "create" });
    expect(calls).toEqual([]);
  });
});

describe("another run at the same time", () => {
  it("that replied first keeps its reply, and this one goes", async () => {
    const comments = createFakeComments([{}]);
    const early = { ...comments.thread[0], ...replyOf("Done already.") };
    const racing = meddling(comments, () => {
      comments.thread[0] = early as (typeof comments.thread)[number];
    });
    expect(await publishReply(racing, request)).toEqual({
      kind: "updated",
      id: 1,
      url: "https://github.test/comments/1",
    });
    expect(comments.calls).toEqual(["create", "remove 2"]);
  });

  it("that replied later loses its reply", async () => {
    const comments = createFakeComments();
    const racing = meddling(comments, () => {
      comments.thread.push({ ...comments.thread[0], id: 5 } as (typeof comments.thread)[number]);
    });
    expect(await publishReply(racing, request)).toMatchObject({ kind: "created", id: 1 });
    expect(comments.calls).toEqual(["create", "remove 5"]);
  });

  it("is not seen in a list that lags, which leads to no second creation", async () => {
    const comments = createFakeComments();
    const lagging = { ...comments, readThread: async () => ({ ...empty, comments: [] }) };
    expect(await publishReply(lagging, request)).toMatchObject({ kind: "created", id: 1 });
    expect(comments.calls).toEqual(["create"]);
  });

  it("may have been seen before this one's own reply is", async () => {
    const comments = createFakeComments([{}, {}]);
    const other = {
      ...comments.thread[0],
      ...replyOf(),
      id: 2,
    } as (typeof comments.thread)[number];
    let reads = 0;
    const lagging: FakeComments = {
      ...comments,
      readThread: async () => {
        reads += 1;
        return { ...empty, comments: reads === 1 ? [] : [other] };
      },
    };
    expect(await publishReply(lagging, request)).toMatchObject({ kind: "updated", id: 2 });
    expect(comments.calls).toEqual(["create", "remove 3"]);
  });
});

describe("after the reply stands", () => {
  it("GitHub out of reach does not make it unsaid", async () => {
    const comments = createFakeComments();
    const failing = meddling(comments, () => {
      throw new RemoteError("GitHub gave no clear answer.");
    });
    expect(await publishReply(failing, request)).toMatchObject({ kind: "created", id: 1 });
  });

  it("a mistake of ours is no trouble of GitHub's", async () => {
    const failing = meddling(createFakeComments(), () => {
      throw new TypeError("oops");
    });
    await expect(publishReply(failing, request)).rejects.toThrow("oops");
  });

  it("it is not created again when somebody deletes it at once", async () => {
    const comments = createFakeComments([replyOf("Try again.")]);
    const racing = meddling(comments, () => comments.thread.splice(0));
    const updated = { ...racing, update: comments.update };
    expect((await publishReply(updated, request)).kind).toBe("updated");
    expect(comments.calls).toEqual(["update 1"]);
  });
});

describe("several replies", () => {
  const requests = ["1", "2", "3"].map((commentId) => ({ ...request, commentId }));
  const asked = requests.map(() => ({ body: "/status", isOurs: false }));
  const answered = (comments: FakeComments) =>
    comments.thread.flatMap(({ body }) => parseReplyMarker(body) ?? []);

  it("cost two reads of their thread", async () => {
    const comments = createFakeComments(asked);
    const reads: (number | undefined)[] = [];
    const counting: FakeComments = {
      ...comments,
      readThread: (issue, from) => {
        reads.push(from);
        return comments.readThread(issue, from);
      },
    };
    const published = await publishReplies(counting, requests);
    expect(published.map(({ kind }) => kind)).toEqual(["created", "created", "created"]);
    expect(answered(comments)).toEqual(["1", "2", "3"]);
    expect(reads).toEqual([1, 1]);
    const forms = [...requests, { ...request, commentId: "issue-1" }];
    expect(await publishReplies(counting, forms)).toHaveLength(4);
    expect(reads.slice(2)).toEqual([1, undefined, undefined]);
  });

  it("are one each when another run answers meanwhile", async () => {
    const comments = createFakeComments(asked);
    const racing = meddling(comments, (read) => {
      if (read === 2) {
        const body = `${renderReplyMarker("2")}\nDone by another.\n`;
        comments.thread.push({ ...(comments.thread[3] as ThreadComment), id: 7, body });
      }
    });
    await publishReplies(racing, requests);
    expect(answered(comments)).toEqual(["1", "2", "3"]);
    expect(comments.calls.at(-1)).toBe("remove 7");
  });

  it.each([1, 2])("lose one at most to a read that failed, read %i", async (failing) => {
    const comments = createFakeComments(asked);
    const twin = { body: `${renderReplyMarker("3")}\nDone by another.\n`, isOurs: true };
    let reads = 0;
    const flaky: FakeComments = {
      ...comments,
      readThread: async (issue, from) => {
        reads += 1;
        if (reads === failing) throw new RemoteError("502");
        if (reads === 3) {
          comments.thread.push({ ...(comments.thread[3] as ThreadComment), id: 9, ...twin });
        }
        return await comments.readThread(issue, from);
      },
    };
    const published = await publishReplies(flaky, requests);
    expect(published.filter(({ kind }) => kind === "created").length).toBeGreaterThanOrEqual(2);
    expect(new Set(answered(comments)).size).toBe(answered(comments).length);
  });

  it("are looked for again after an unclear answer, and none keeps the others back", async () => {
    const refusal = { kind: "refused", reason: "too-long", detail: "Too long." } as const;
    const comments = createFakeComments(asked, [{ kind: "landed" }, refusal]);
    const published = await publishReplies(comments, requests);
    expect(published.map(({ kind }) => kind)).toEqual(["created", "skipped", "created"]);
    expect(answered(comments)).toEqual(["1", "3"]);
    expect(comments.calls).toEqual(["create", "create", "create"]);
  });
});

const empty = { number: 1, kind: "issue", locked: false } as const;

import type { Comments, CommentWrite, ThreadComment } from "../../src/ports/comments.ts";

/** What happens to a write instead of its success; `landed` writes and says that it is unclear. */
export type Mishap =
  | Exclude<CommentWrite, { kind: "written" }>
  | { readonly kind: "landed" }
  | { readonly kind: "thrown"; readonly error: Error };

export interface FakeComments extends Comments {
  readonly thread: ThreadComment[];
  /** Every call but reads, in order: `create`, `update 1`, `remove 2`. */
  readonly calls: string[];
}

/** The conversation of issue 1, in memory; mishaps befall the writes in order, then none does. */
export function createFakeComments(
  present: readonly Partial<ThreadComment>[] = [],
  mishaps: readonly (Mishap | undefined)[] = [],
): FakeComments {
  const thread = present.map((comment, at) => ({ ...commentOf(at + 1, ""), ...comment }));
  const calls: string[] = [];
  const left = [...mishaps];
  const write = (carryOut: () => ThreadComment | undefined): CommentWrite => {
    const mishap = left.shift();
    if (mishap?.kind === "thrown") throw mishap.error;
    if (mishap !== undefined && mishap.kind !== "landed") return mishap;
    const comment = carryOut();
    if (comment === undefined) return { kind: "gone" };
    return mishap === undefined
      ? { kind: "written", comment }
      : { kind: "unclear", detail: "reset" };
  };
  return {
    thread,
    calls,
    readThread: async (number, from) => {
      const first = thread.findIndex(({ id }) => id === from);
      const comments = first < 0 ? [...thread] : thread.slice(first);
      return number === 1 ? { number, kind: "issue", locked: false, comments } : undefined;
    },
    create: async (_issue, body) => {
      calls.push("create");
      return write(() => {
        const comment = commentOf(Math.max(0, ...thread.map(({ id }) => id)) + 1, body);
        thread.push(comment);
        return comment;
      });
    },
    update: async (id, body) => {
      calls.push(`update ${id}`);
      return write(() => replaceBody(thread, id, body));
    },
    remove: async (id) => {
      calls.push(`remove ${id}`);
      thread.splice(0, thread.length, ...thread.filter((comment) => comment.id !== id));
      return { kind: "removed" };
    },
  };
}

function replaceBody(thread: ThreadComment[], id: number, body: string): ThreadComment | undefined {
  const at = thread.findIndex((comment) => comment.id === id);
  const old = thread[at];
  if (old === undefined) return undefined;
  thread[at] = { ...old, body };
  return thread[at];
}

function commentOf(id: number, body: string): ThreadComment {
  return { id, body, isOurs: true, authorLogin: "bot", url: `https://github.test/comments/${id}` };
}

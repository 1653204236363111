import type { Comments, Thread } from "../ports/comments.ts";

interface ReadThread {
  readonly thread: Promise<Thread | undefined>;
  readonly from: number | undefined;
}

/** Comments whose threads are read once, until a write changes what was read or leaves it unclear. */
export function rememberThreads(comments: Comments): Comments {
  const threads = new Map<number, ReadThread>();
  const forgetting = async <T>(write: Promise<T>): Promise<T> => {
    threads.clear();
    return await write;
  };
  return {
    readThread: async (issue, from) => {
      const known = threads.get(issue);
      if (known !== undefined && reaches(known, from)) return await known.thread;
      const thread = comments.readThread(issue, from);
      threads.set(issue, { thread, from });
      try {
        return await thread;
      } catch (error) {
        // Of a read that failed nothing is known: the next one may succeed.
        threads.delete(issue);
        throw error;
      }
    },
    // What is asked of the thread later is about comments of another kind than the one that was created.
    create: async (issue, body) => {
      const write = await comments.create(issue, body);
      if (write.kind !== "written") threads.clear();
      return write;
    },
    update: (id, body) => forgetting(comments.update(id, body)),
    remove: (id) => forgetting(comments.remove(id)),
  };
}

/** Ids grow with time. */
function reaches(known: ReadThread, from: number | undefined): boolean {
  return known.from === undefined || (from !== undefined && known.from <= from);
}

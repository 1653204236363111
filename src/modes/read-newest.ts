import type { LogStore, SessionFiles } from "../ports/log-store.ts";

/** A session's files where its next edit would find them: an open pull request of its log is ahead of the branch. */
export async function readNewest(store: LogStore, session: string): Promise<SessionFiles> {
  const update = await store.update(session, (files) => ({
    files: new Map(),
    message: { headline: `${session}: look`, body: "[skip ci]" },
    value: files,
  }));
  return update.value;
}

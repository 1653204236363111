import { SESSION_FILES } from "../../core/log/columns.ts";
import type { CommitMessage } from "../../core/sync/message.ts";
import type { Edit, Edited, LogStore, Update } from "../../ports/log-store.ts";

/** Commits files of a working tree; the subset of git's adapter that is needed here. */
export interface CommitFiles {
  commitFiles(request: {
    readonly files: readonly string[];
    readonly message: CommitMessage;
  }): Promise<
    | { readonly kind: "committed"; readonly commit: string; readonly branch?: string }
    | { readonly kind: "nothing" }
  >;
}

/**
 * A store whose updates are committed with git as well: every file of the session, also one that was changed
 * before without a commit, so that a report is never committed without the log it was made from.
 *
 * @param store a store over a working tree
 * @param pathOf absolute path of a session's file
 */
export function createCommittingStore(
  store: LogStore,
  git: CommitFiles,
  pathOf: (session: string, file: string) => string,
): LogStore {
  return {
    sessions: () => store.sessions(),
    read: (session, names) => store.read(session, names),
    readNewest: (session, options) => store.readNewest(session, options),
    update: async (session, edit, options) => {
      const seen: { edited?: Edited<unknown> } = {};
      const update = await store.update(session, remember(edit, seen), options);
      if (seen.edited === undefined || update.kind === "planned") return update;
      const { files: present } = await store.read(session, Object.values(SESSION_FILES));
      const names = [...new Set([...present.keys(), ...seen.edited.files.keys()])];
      const files = names.map((name) => pathOf(session, name));
      const commit = await git.commitFiles({ files, message: seen.edited.message });
      return commit.kind === "nothing" ? update : asCommitted(update, names, commit);
    },
  };
}

function remember<T>(edit: Edit<T>, seen: { edited?: Edited<unknown> }): Edit<T> {
  return (session) => {
    const edited = edit(session);
    seen.edited = edited;
    return edited;
  };
}

function asCommitted<T>(
  update: Update<T>,
  names: readonly string[],
  { commit, branch }: { readonly commit: string; readonly branch?: string },
): Update<T> {
  const files = "files" in update ? update.files : names;
  return {
    kind: "committed",
    value: update.value,
    files,
    head: { commit, branch: branch ?? "HEAD", committedAt: "" },
  };
}

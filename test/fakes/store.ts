import type {
  Edit,
  Freshness,
  LogStore,
  Revision,
  SessionFiles,
  Update,
} from "../../src/ports/log-store.ts";

type Texts = Readonly<Record<string, string>>;

export interface FakeStore extends LogStore {
  /** The texts of a session's files now. */
  texts(session: string): Record<string, string>;
  /** Messages of the commits made, oldest first. */
  readonly messages: string[];
}

export interface FakeStoreOptions {
  readonly isDryRun?: boolean;
  /** What another writer does between the first call of an edit and the second, by session. */
  readonly meanwhile?: Readonly<Record<string, Texts>>;
  /** What a pull request's branch holds, by session: `read` sees the base, edits see the branch. */
  readonly carried?: Readonly<Record<string, Texts>>;
  /** What another writer has done since the branch was read, by session: only an edit that is fresh sees it. */
  readonly unseen?: Readonly<Record<string, Texts>>;
  /** No commits: a working tree. */
  readonly isWorkingTree?: boolean;
}

/** A branch in memory that commits what an edit made of a session's files. */
export function createFakeStore(
  initial: Readonly<Record<string, Texts>>,
  options: FakeStoreOptions = {},
): FakeStore {
  const { carried = {} } = options;
  const sessions = new Map(
    Object.entries({ ...initial, ...carried }).map(([name, texts]) => [name, bytesOf(texts)]),
  );
  const unseen = new Map(Object.entries(options.unseen ?? {}));
  const messages: string[] = [];
  const filesOf = (session: string): SessionFiles => ({
    folder: `experiments/${session}`,
    files: sessions.get(session) ?? new Map(),
  });
  const lookAnew = (session: string, how: Freshness = {}) => {
    const news = how.isFresh ? unseen.get(session) : undefined;
    if (news === undefined) return;
    sessions.set(session, new Map([...filesOf(session).files, ...bytesOf(news)]));
    unseen.delete(session);
  };
  const head = (): Revision | undefined =>
    options.isWorkingTree ? undefined : revisionOf(messages.length);
  return {
    messages,
    sessions: async () => [...sessions.keys()].sort(),
    read: async (session, names) => {
      const { folder, files } = filesOf(session);
      const base = carried[session] === undefined ? files : bytesOf(initial[session] ?? {});
      const wanted = [...base].filter(([name]) => names === undefined || names.includes(name));
      return { folder, files: new Map(wanted) };
    },
    readNewest: async (session, how) => {
      lookAnew(session, how);
      return filesOf(session);
    },
    update: async <T>(session: string, edit: Edit<T>, how?: Freshness): Promise<Update<T>> => {
      lookAnew(session, how);
      const meanwhile = options.meanwhile?.[session];
      if (meanwhile !== undefined) {
        edit(filesOf(session));
        sessions.set(session, new Map([...filesOf(session).files, ...bytesOf(meanwhile)]));
      }
      const before = filesOf(session).files;
      const { files, message, value } = edit(filesOf(session));
      const changed = [...files].filter(([name, bytes]) => !isSame(bytes, before.get(name)));
      const names = changed.map(([name]) => name);
      if (changed.length === 0) return { kind: "unchanged", value, head: head() };
      if (options.isDryRun) return { kind: "planned", value, head: head(), files: names };
      sessions.set(session, new Map([...before, ...changed]));
      if (options.isWorkingTree) return { kind: "written", value, files: names, head: undefined };
      messages.push(`${message.headline}\n\n${message.body}`);
      return { kind: "committed", value, files: names, head: revisionOf(messages.length) };
    },
    texts: (session) =>
      Object.fromEntries(
        [...filesOf(session).files].map(([name, bytes]) => [name, Buffer.from(bytes).toString()]),
      ),
  };
}

/** The commit after so many others; each is a minute younger. */
export function revisionOf(commits: number): Revision {
  return {
    commit: String(commits).padStart(40, "a"),
    committedAt: `2026-11-23T09:${String(commits).padStart(2, "0")}:00Z`,
    branch: "main",
  };
}

function bytesOf(texts: Texts): Map<string, Uint8Array> {
  return new Map(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)]));
}

function isSame(bytes: Uint8Array, before: Uint8Array | undefined): boolean {
  return before !== undefined && Buffer.compare(bytes, before) === 0;
}

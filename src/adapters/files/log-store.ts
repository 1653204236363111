import { mkdir, readdir } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { InputError } from "../../core/errors.ts";
import { isSession, SESSION_FILES } from "../../core/log/columns.ts";
import { isSessionName, parseSessionName } from "../../core/session/name.ts";
import { pathInSession } from "../../core/session/path-in-session.ts";
import type { Edit, Edited, LogStore, SessionFiles, Update } from "../../ports/log-store.ts";
import { assertInside } from "./contain.ts";
import { withFolderLock } from "./folder-lock.ts";
import { fingerprint, journalOf, readJournal } from "./journal.ts";
import { readSessionFile } from "./read-session-file.ts";
import { completeWrite, type WritePlace, writeFiles } from "./write-files.ts";

export interface FileLogStoreOptions {
  /** The repository's root, or the folder that stands for one. */
  readonly root: string;
  /** Relative to the root, or absolute. */
  readonly experimentsDir: string;
  /** Where a session's file stands instead of its folder, by file name. */
  readonly paths?: ReadonlyMap<string, string>;
  /** Write nothing, say what would be written. */
  readonly dryRun: boolean;
}

/** Logs in a working tree: an update is made under a lock, and each changed file is replaced as a whole. */
export function createFileLogStore(options: FileLogStoreOptions): LogStore {
  const experiments = resolve(options.root, options.experimentsDir);
  const place = (session: string) => placeOf(session, { ...options, experiments });
  return {
    sessions: () => readSessions(experiments),
    read: async (session, names) => readFiles(await place(session), names),
    readNewest: async (session) => readFiles(await place(session)),
    update: async (session, edit) => {
      const files = await place(session);
      if (options.dryRun) return plan(edit, await readFiles(files));
      await createFolder(files.lockFolder);
      return withFolderLock(files.lockFolder, async (assertHeld) => {
        const held = { ...files, assertHeld };
        await completeWrite(held);
        const before = await readFiles(files);
        return write(edit(before), before, held);
      });
    },
  };
}

/** Where the files of one session stand. */
interface Place extends Omit<WritePlace, "assertHeld"> {
  /** The folder as messages and `SessionFiles` name it. */
  readonly label: string;
  /** Files that stand elsewhere, as messages name them. */
  readonly paths: ReadonlyMap<string, string>;
  /** The folder of the log, in which writers take turns. */
  readonly lockFolder: string;
}

async function placeOf(
  session: string,
  options: FileLogStoreOptions & { readonly experiments: string },
): Promise<Place> {
  const folder = join(options.experiments, parseSessionName(session));
  await assertInside({ root: options.root, experiments: options.experiments, folder });
  const label = (path: string) => relative(options.root, path).split(sep).join("/");
  const elsewhere = [...(options.paths ?? [])].map(([file, path]) => [file, label(path)] as const);
  const pathOf = (file: string) => options.paths?.get(file) ?? join(folder, file);
  const journal = journalOf(pathOf(SESSION_FILES.log));
  const named = { folder: label(folder), paths: new Map(elsewhere) };
  return {
    label: named.folder,
    paths: named.paths,
    pathOf,
    labelOf: (file) => pathInSession(named, file),
    journal,
    journalLabel: label(journal),
    lockFolder: dirname(journal),
  };
}

async function readSessions(experiments: string): Promise<readonly string[]> {
  const names = await readFolder(experiments);
  const found: string[] = [];
  for (const name of names.filter(isSessionName)) {
    const files = await readFolder(join(experiments, name));
    if (isSession(files)) found.push(name);
  }
  return found.sort();
}

/** The names in a folder; none when it is absent or no folder. */
async function readFolder(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw new InputError(`The folder ${path} cannot be read (${code}).`, { cause: error });
  }
}

async function readFiles(
  place: Place,
  names: readonly string[] = Object.values(SESSION_FILES),
): Promise<SessionFiles> {
  const files = new Map<string, Uint8Array>();
  // Before the files: what is written while they are read has not been waiting.
  const waiting = await readJournal(place);
  const readings = names.map(async (name) => {
    const bytes = await readSessionFile(place.pathOf(name), place.labelOf(name));
    const entry = waiting?.find((each) => each.name === name);
    const isWaiting = entry !== undefined && fingerprint(bytes) === entry.before;
    return [name, isWaiting ? entry.bytes : bytes] as const;
  });
  for (const [name, bytes] of await Promise.all(readings)) {
    if (bytes !== undefined) files.set(name, bytes);
  }
  return { folder: place.label, paths: place.paths, files };
}

async function createFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new InputError(`The folder ${path} cannot be created (${code}).`, { cause });
  }
}

function changedFiles<T>(edited: Edited<T>, before: SessionFiles): string[] {
  return [...edited.files]
    .filter(([name, bytes]) => {
      const old = before.files.get(name);
      return old === undefined || Buffer.compare(old, bytes) !== 0;
    })
    .map(([name]) => name);
}

function plan<T>(edit: Edit<T>, before: SessionFiles): Update<T> {
  const edited = edit(before);
  const files = changedFiles(edited, before);
  const { value } = edited;
  if (files.length === 0) return { kind: "unchanged", value, head: undefined };
  return { kind: "planned", value, files: labels(files, before), head: undefined };
}

async function write<T>(
  edited: Edited<T>,
  before: SessionFiles,
  place: WritePlace,
): Promise<Update<T>> {
  const files = changedFiles(edited, before).sort(byDurability);
  const { value } = edited;
  if (files.length === 0) return { kind: "unchanged", value, head: undefined };
  const changes = files.map(async (name) => ({
    name,
    // An edit may write what it was not shown.
    before:
      before.files.get(name) ?? (await readSessionFile(place.pathOf(name), place.labelOf(name))),
    after: edited.files.get(name) ?? new Uint8Array(),
  }));
  await writeFiles(await Promise.all(changes), place);
  return { kind: "written", value, files: labels(files, before), head: undefined };
}

/** The log first: everything else can be made again from it. */
const DURABLE_FIRST: readonly string[] = [
  SESSION_FILES.log,
  SESSION_FILES.ledger,
  SESSION_FILES.settings,
];

function byDurability(a: string, b: string): number {
  return rankOf(a) - rankOf(b);
}

function rankOf(name: string): number {
  const rank = DURABLE_FIRST.indexOf(name);
  return rank < 0 ? DURABLE_FIRST.length : rank;
}

function labels(files: readonly string[], session: SessionFiles): string[] {
  return files.map((name) => pathInSession(session, name));
}

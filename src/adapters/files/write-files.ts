import { unlink } from "node:fs/promises";
import { LogError } from "../../core/errors.ts";
import { SESSION_FILES } from "../../core/log/columns.ts";
import {
  fingerprint,
  type JournalEntry,
  type JournalPlace,
  pathFromJournal,
  readJournal,
  removeJournal,
  writeJournal,
} from "./journal.ts";
import { readSessionFile } from "./read-session-file.ts";
import { writeFileDurably } from "./write-file.ts";

/** A file that is to be replaced, or made where it held nothing. */
export interface FileChange {
  readonly name: string;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array;
}

/** Where the files stand, while the lock is held; `assertHeld` throws when it was lost. */
export interface WritePlace extends JournalPlace {
  /** A file's path as messages name it. */
  readonly labelOf: (file: string) => string;
  readonly assertHeld: () => void;
}

/** Made from the log: what a person makes of them is no record, and the next write renders them again. */
const DERIVED: ReadonlySet<string> = new Set([
  SESSION_FILES.report,
  SESSION_FILES.summary,
  SESSION_FILES.badge,
]);

/**
 * Writes all files or none. A process that is killed in between leaves a journal, by which the next one completes the
 * write; one that fails takes back what it has done. One file alone is replaced as a whole, which takes no journal.
 */
export async function writeFiles(changes: readonly FileChange[], place: WritePlace): Promise<void> {
  const hasJournal = changes.length > 1;
  if (hasJournal) {
    place.assertHeld();
    await writeJournal(
      place,
      changes.map((change) => entryOf(change, place)),
    );
  }
  const done: FileChange[] = [];
  try {
    for (const change of changes) {
      await replace(place, change.name, change.after);
      done.push(change);
    }
  } catch (error) {
    await takeBack(done, place);
    if (hasJournal) await removeJournal(place);
    throw error;
  }
  if (hasJournal) await endJournal(place);
}

/**
 * Completes a write that a killed process has left half done.
 *
 * @throws {LogError} when a file was changed since: what was to be written stays in the journal
 */
export async function completeWrite(place: WritePlace): Promise<void> {
  const entries = await readJournal(place);
  if (entries === undefined) return;
  const standing = await Promise.all(
    entries.map(async (entry) => ({ entry, state: await stateOf(entry, place) })),
  );
  const inState = (wanted: State) =>
    standing.flatMap(({ entry, state }) => (state === wanted ? [entry] : []));
  const changed = inState("changed").filter(({ name }) => !DERIVED.has(name));
  if (changed.length > 0) throw refusal(changed, place);
  for (const { name, bytes } of inState("waiting")) await replace(place, name, bytes);
  await endJournal(place);
}

function entryOf({ name, before, after }: FileChange, place: WritePlace): JournalEntry {
  const path = pathFromJournal(place, name);
  return { name, path, before: fingerprint(before), bytes: after };
}

async function replace(place: WritePlace, name: string, bytes: Uint8Array): Promise<void> {
  place.assertHeld();
  await writeFileDurably(place.pathOf(name), bytes);
}

async function endJournal(place: WritePlace): Promise<void> {
  place.assertHeld();
  await removeJournal(place);
}

/** Throws when the lock was lost: whoever holds it now has completed the write. */
async function takeBack(done: readonly FileChange[], place: WritePlace): Promise<void> {
  place.assertHeld();
  for (const { name, before } of done) {
    if (before === undefined) await unlink(place.pathOf(name));
    else await replace(place, name, before);
  }
}

type State = "done" | "waiting" | "changed";

async function stateOf(entry: JournalEntry, place: WritePlace): Promise<State> {
  const { name } = entry;
  const found = fingerprint(await readSessionFile(place.pathOf(name), place.labelOf(name)));
  if (found === fingerprint(entry.bytes)) return "done";
  return found === entry.before ? "waiting" : "changed";
}

function refusal(changed: readonly JournalEntry[], place: WritePlace): LogError {
  const names = changed.map(({ name }) => place.labelOf(name)).join(", ");
  return new LogError(
    `an earlier write was cut off, and ${names} ${changed.length === 1 ? "was" : "were"} changed since; nothing was written.`,
    {
      path: place.journalLabel,
      remedy:
        "This file holds what each file was to become: take over by hand what is missing, and remove it.",
    },
  );
}

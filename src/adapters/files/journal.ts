import { createHash } from "node:crypto";
import { stat, unlink } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { LogError } from "../../core/errors.ts";
import { MAX_LOG_BYTES } from "../../core/log/columns.ts";
import { readRegularFile } from "./read-file.ts";
import { writeFileDurably } from "./write-file.ts";

/**
 * What a write of several files is about to do, as one file beside the log: while it stands, that write was cut off and
 * is to be completed. A line of JSON says which files; what each is to hold follows as it is, so that people can read it.
 */
export interface JournalEntry {
  /** The file's name, as `SESSION_FILES` has it. */
  readonly name: string;
  /** Where it stands, relative to the journal: another run may have been told to put it elsewhere. */
  readonly path: string;
  /** Fingerprint of what it held before, `undefined` when there was no such file. */
  readonly before: string | undefined;
  readonly bytes: Uint8Array;
}

/** Where files stand, and the log among them. */
export interface JournalPlace {
  readonly journal: string;
  /** The journal as messages name it. */
  readonly journalLabel: string;
  readonly pathOf: (file: string) => string;
}

export function journalOf(log: string): string {
  return join(dirname(log), `.${basename(log)}.journal`);
}

export function fingerprint(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : createHash("sha256").update(bytes).digest("hex");
}

/** Where a file stands, as journals name it. */
export function pathFromJournal(place: JournalPlace, file: string): string {
  return relative(dirname(place.journal), place.pathOf(file)).split(sep).join("/");
}

export async function writeJournal(
  place: JournalPlace,
  entries: readonly JournalEntry[],
): Promise<void> {
  const files = entries.map(({ bytes, ...entry }) => ({ ...entry, size: bytes.byteLength }));
  const head = Buffer.from(`${JSON.stringify({ folder: await readIdentity(place), files })}\n`);
  const bytes = Buffer.concat([head, ...entries.map((entry) => entry.bytes)]);
  await writeFileDurably(place.journal, bytes);
}

/** What tells this folder from every other: a journal that came with a clone or a copy was not written here. */
async function readIdentity({ journal }: JournalPlace): Promise<string> {
  const { dev, ino } = await stat(dirname(journal), { bigint: true });
  return `${dev}:${ino}`;
}

export async function removeJournal({ journal }: JournalPlace): Promise<void> {
  await unlink(journal);
}

/**
 * The entries about files that stand where they stand for this run. A journal that is torn was never whole, so that nothing
 * had been done yet: it has no entries. Nor has one of another folder, which somebody may have committed to have its
 * contents written past every review. `undefined` when there is no journal.
 */
export async function readJournal(
  place: JournalPlace,
): Promise<readonly JournalEntry[] | undefined> {
  const limits = { maxBytes: 4 * MAX_LOG_BYTES, followSymlink: false };
  const reading = await readRegularFile(place.journal, limits);
  if (reading.kind === "absent") return undefined;
  if (reading.kind === "refused") {
    const remedy = "Remove it, if no other process is at work; nothing was written.";
    throw new LogError(`${reading.reason}, expected a regular file.`, {
      path: place.journalLabel,
      remedy,
    });
  }
  return parseJournal(reading.bytes, await readIdentity(place)).filter(
    ({ name, path }) => path === pathFromJournal(place, name),
  );
}

function parseJournal(bytes: Uint8Array, identity: string): readonly JournalEntry[] {
  const end = bytes.indexOf(0x0a);
  const heads = parseHead(Buffer.from(bytes.subarray(0, Math.max(end, 0))).toString(), identity);
  let start = end + 1;
  const entries = heads.map(({ size, before, name, path }) => {
    const from = start;
    start += size;
    return { name, path, before, bytes: bytes.subarray(from, start) };
  });
  return start === bytes.byteLength ? entries : [];
}

type Head = Omit<JournalEntry, "bytes"> & { readonly size: number };

function parseHead(line: string, identity: string): readonly Head[] {
  try {
    const { folder, files } = JSON.parse(line) as Record<string, unknown>;
    return folder === identity && Array.isArray(files) && files.every(isHead) ? files : [];
  } catch {
    return [];
  }
}

function isHead(value: unknown): value is Head {
  const { name, path, before, size } = Object(value) as Record<string, unknown>;
  const areTexts = [name, path, before ?? ""].every((text) => typeof text === "string");
  return areTexts && Number.isSafeInteger(size) && Number(size) >= 0;
}

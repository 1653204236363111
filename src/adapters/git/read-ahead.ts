import type { GitObject, ObjectReader } from "./object-reader.ts";

/** Git's answers are asked for ahead of their use, but not so far that many large objects fill the memory. */
const AHEAD = 16;

/** Reads objects in their order, each beside what it was wanted for; one that the repository lacks is `undefined`. */
export async function* readAhead<Wanted extends { readonly oid: string }>(
  reader: Pick<ObjectReader, "read">,
  wanted: readonly Wanted[],
): AsyncGenerator<readonly [Wanted, GitObject | undefined]> {
  const asked: Promise<GitObject | undefined>[] = [];
  for (const [at, one] of wanted.entries()) {
    for (const { oid } of wanted.slice(at + asked.length, at + AHEAD)) {
      const reading = reader.read(oid);
      // It is awaited below; one that fails before must not end the process.
      reading.catch(() => undefined);
      asked.push(reading);
    }
    yield [one, await asked.shift()];
  }
}

const QUOTE = 0x22;
const LF = 0x0a;

/** The bytes of a log's header and of one record, each with its line end. */
export interface FoundRecord {
  readonly header: Buffer;
  readonly record: Buffer;
}

/** The header of a log whose first column is the id and which has others: then a row begins with its id and a comma. */
const ID_FIRST = /^(?:\xef\xbb\xbf)?(?:experiment_id|"experiment_id"),/;

/**
 * Finds a row by its bytes alone, without a look at the other rows: in a file that is well formed, what follows a line
 * break with an even number of quotes before it begins a record. `absent` is certain in such a file only, and
 * `unknown` where this cannot tell: another first column, or a merge that was not finished.
 */
export function findRecord(
  bytes: Buffer,
  experimentId: string,
): FoundRecord | "absent" | "unknown" {
  const headerEnd = recordEnd(bytes, 0);
  const header = bytes.subarray(0, headerEnd);
  if (!ID_FIRST.test(header.toString("latin1")) || holdsMarker(bytes)) return "unknown";
  const quotes = createQuoteCounter(bytes);
  for (const start of startsOf(bytes, experimentId)) {
    if (start < headerEnd || quotes.before(start) % 2 === 1) continue;
    return { header, record: bytes.subarray(start, recordEnd(bytes, start)) };
  }
  return "absent";
}

function holdsMarker(bytes: Buffer): boolean {
  return bytes.includes("<<<<<<< ") || bytes.includes(">>>>>>> ");
}

/** Where the id stands behind a line break, plain or in quotes, in the order of the file. */
function startsOf(bytes: Buffer, experimentId: string): readonly number[] {
  const quoted = `"${experimentId.replaceAll('"', '""')}"`;
  const starts = [experimentId, quoted].flatMap((form) => {
    const needle = Buffer.from(`\n${form},`, "utf8");
    const found: number[] = [];
    for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1)) {
      found.push(at + 1);
    }
    return found;
  });
  return starts.sort((a, b) => a - b);
}

/** Counts quotes up to positions that only grow, so that each byte is looked at once. */
function createQuoteCounter(bytes: Buffer): { before(end: number): number } {
  let position = 0;
  let count = 0;
  return {
    before(end) {
      for (; position < end; position += 1) if (bytes[position] === QUOTE) count += 1;
      return count;
    },
  };
}

/** One past the line break that ends the record, or the end of the file. */
function recordEnd(bytes: Buffer, start: number): number {
  let isQuoted = false;
  for (let at = start; at < bytes.length; at += 1) {
    if (bytes[at] === QUOTE) isQuoted = !isQuoted;
    else if (bytes[at] === LF && !isQuoted) return at + 1;
  }
  return bytes.length;
}

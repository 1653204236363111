/** A run of bytes outside ASCII; a character of several bytes lies in one run as a whole. */
const NON_ASCII_RUN = /[\x80-\xff]+/g;

/** Lead byte → length of the sequence and the allowed range of the byte after it (RFC 3629, table of section 4). */
function sequence(lead: number): { length: number; low: number; high: number } | undefined {
  if (lead >= 0xc2 && lead <= 0xdf) return { length: 2, low: 0x80, high: 0xbf };
  if (lead === 0xe0) return { length: 3, low: 0xa0, high: 0xbf };
  if (lead === 0xed) return { length: 3, low: 0x80, high: 0x9f };
  if (lead >= 0xe1 && lead <= 0xef) return { length: 3, low: 0x80, high: 0xbf };
  if (lead === 0xf0) return { length: 4, low: 0x90, high: 0xbf };
  if (lead === 0xf4) return { length: 4, low: 0x80, high: 0x8f };
  if (lead >= 0xf1 && lead <= 0xf3) return { length: 4, low: 0x80, high: 0xbf };
  return undefined;
}

/** Offset of the first byte that is not UTF-8, in a text of one character a byte; `undefined` when all is. */
export function invalidUtf8At(text: string): number | undefined {
  for (const run of text.matchAll(NON_ASCII_RUN)) {
    const bad = invalidInRun(run[0]);
    if (bad !== undefined) return run.index + bad;
  }
  return undefined;
}

function invalidInRun(run: string): number | undefined {
  let at = 0;
  while (at < run.length) {
    const shape = sequence(run.charCodeAt(at));
    if (shape === undefined || at + shape.length > run.length) return at;
    const second = run.charCodeAt(at + 1);
    if (second < shape.low || second > shape.high) return at;
    for (let next = at + 2; next < at + shape.length; next += 1) {
      if (run.charCodeAt(next) > 0xbf) return at;
    }
    at += shape.length;
  }
  return undefined;
}

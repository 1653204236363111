/** Lead byte → length of the sequence and the allowed range of the byte after it (RFC 3629, section 4). */
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

/** Offset of the first byte that is not UTF-8; `undefined` when all is. */
export function invalidUtf8At(bytes: Uint8Array): number | undefined {
  let at = skipAscii(bytes, 0);
  while (at < bytes.length) {
    const length = sequenceLengthAt(bytes, at);
    if (length === 0) return at;
    at = skipAscii(bytes, at + length);
  }
  return undefined;
}

/** Four bytes at a time where memory allows: most of a log is ASCII. */
function skipAscii(bytes: Uint8Array, start: number): number {
  let at = start;
  const isEnd = () => at >= bytes.length || (bytes[at] as number) >= 0x80;
  while (!isEnd() && (bytes.byteOffset + at) % 4 !== 0) at += 1;
  if (isEnd()) return at;
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + at, (bytes.length - at) >> 2);
  at += countAsciiWords(words) * 4;
  while (!isEnd()) at += 1;
  return at;
}

/** How many words there are before the first with a byte outside ASCII; eight are looked at together. */
function countAsciiWords(words: Uint32Array): number {
  const at = (index: number) => words[index] as number;
  let word = 0;
  for (; word + 8 <= words.length; word += 8) {
    const low = at(word) | at(word + 1) | at(word + 2) | at(word + 3);
    const high = at(word + 4) | at(word + 5) | at(word + 6) | at(word + 7);
    if (((low | high) & 0x80808080) !== 0) break;
  }
  while (word < words.length && (at(word) & 0x80808080) === 0) word += 1;
  return word;
}

/** Length of the sequence that begins there; 0 when it is none. */
function sequenceLengthAt(bytes: Uint8Array, at: number): number {
  const shape = sequence(bytes[at] as number);
  if (shape === undefined || at + shape.length > bytes.length) return 0;
  const second = bytes[at + 1] as number;
  if (second < shape.low || second > shape.high) return 0;
  for (let next = at + 2; next < at + shape.length; next += 1) {
    const byte = bytes[next] as number;
    if (byte < 0x80 || byte > 0xbf) return 0;
  }
  return shape.length;
}

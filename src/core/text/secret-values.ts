import { quoteUntrusted } from "./safe-log.ts";

/** Shorter values are words, not secrets: removing them would tear ordinary text. */
const SHORTEST = 8;

/** Every spelling in which the values could stand in a text: plain, URL, JSON, quoted, hex and base64. Longest first. */
export function encodeSecretValues(values: readonly string[]): readonly string[] {
  const spellings = new Set(
    values
      .map((value) => value.trim())
      .filter((value) => value.length >= SHORTEST)
      .flatMap(spellingsOf)
      .filter((spelling) => spelling.length >= SHORTEST),
  );
  return [...spellings].sort((a, b) => b.length - a.length);
}

function spellingsOf(value: string): string[] {
  const bytes = Buffer.from(value, "utf8");
  const hex = bytes.toString("hex");
  const base64 = [0, 1, 2].map((offset) => base64Inside(bytes, offset));
  return [
    value,
    encodeURIComponent(bytes.toString("utf8")),
    JSON.stringify(value).slice(1, -1),
    quoteUntrusted(value, value.length).slice(1, -1),
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
  ];
}

/**
 * What base64 makes of the bytes when `offset` (modulo 3) other bytes stand before them, as in the
 * `user:token` of basic authentication, without the characters that neighbours take part in.
 */
function base64Inside(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
  const whole = Math.floor(((offset + bytes.length) * 8) / 6);
  return encoded.slice(Math.ceil((offset * 8) / 6), whole);
}

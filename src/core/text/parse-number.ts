const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A finite decimal number; `undefined` for anything else, `0x10`, `1_000`, `1,5` and `nan` included. */
export function parseNumber(text: string): number | undefined {
  if (!NUMBER.test(text)) return undefined;
  const value = Number(text);
  // Adding 0 makes 0 of -0, which no text would show.
  return Number.isFinite(value) ? value + 0 : undefined;
}

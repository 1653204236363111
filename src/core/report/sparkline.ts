const BARS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/** Numbers as a row of bars, the lowest for the smallest; equal numbers give a middle line. */
export function renderSparkline(values: readonly number[]): string {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return values.map((value) => BARS[levelOf(value, low, high)]).join("");
}

/** Halves keep the difference finite for values near the largest double. */
function levelOf(value: number, low: number, high: number): number {
  if (low === high) return BARS.length >> 1;
  const share = (value / 2 - low / 2) / (high / 2 - low / 2);
  return Math.min(BARS.length - 1, Math.floor(share * BARS.length));
}

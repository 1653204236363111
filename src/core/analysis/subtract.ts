/** Digits after the point beyond which a double holds only noise. */
const MOST_DECIMALS = 100;

/** `a − b` to the decimals the two have, so that 0.3 − 0.1 is 0.2 and not 0.19999999999999998. */
export function subtract(a: number, b: number): number {
  const difference = a - b;
  const decimals = Math.max(decimalsOf(a), decimalsOf(b));
  return decimals > MOST_DECIMALS || Math.abs(difference) >= 1e21
    ? difference
    : Number(difference.toFixed(decimals));
}

/** Digits after the point of the shortest text that reads back as the number. */
export function decimalsOf(value: number): number {
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  const fraction = mantissa.split(".")[1]?.length ?? 0;
  return Math.max(0, fraction - Number(exponent));
}

import { decimalsOf } from "./subtract.ts";

const PLAIN = { smallest: 1e-4, largest: 1e7 };

/** Digits that tell values of a report apart, unless more are needed. */
const DIGITS = 4;
const MOST_DIGITS = 8;

/** One number with at least four significant digits where it has them; the whole part is never rounded. */
export function formatNumber(value: number): string {
  if (value !== 0 && !isPlain(value)) return shortest(value, DIGITS);
  return String(Number(value.toFixed(decimalsFor([value], DIGITS))));
}

/**
 * Numbers of one column with the same count of decimals, so that they line up: four significant digits of the
 * smallest, more where different values would look alike, never more than the values have.
 */
export function formatNumbers(values: readonly number[]): readonly string[] {
  const plain = values.filter((value) => value !== 0).every(isPlain);
  for (let digits = DIGITS; digits < MOST_DIGITS; digits++) {
    const texts = formatWith(values, digits, plain);
    if (new Set(texts).size === new Set(values).size) return texts;
  }
  return formatWith(values, MOST_DIGITS, plain);
}

/** The change of a value as it is read, `−12.4 %`: a real minus sign, U+2212, and never `−0.0 %`. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  return `${formatSigned(percent, percent.toFixed(percentDecimals(Math.abs(percent))))} %`;
}

/** A change in the metric's own unit, `−0.012`. */
export function formatChange(change: number): string {
  return formatSigned(change, formatNumber(change));
}

function percentDecimals(percent: number): number {
  if (percent >= 100) return 0;
  return percent > 0 && percent < 0.05 ? 2 : 1;
}

function formatSigned(value: number, text: string): string {
  if (/^-?[0.]+$/.test(text)) return value === 0 ? "0" : `≈${text.replace("-", "")}`;
  return text.startsWith("-") ? `−${text.slice(1)}` : `+${text}`;
}

function isPlain(value: number): boolean {
  return Math.abs(value) >= PLAIN.smallest && Math.abs(value) < PLAIN.largest;
}

function formatWith(values: readonly number[], digits: number, plain: boolean): readonly string[] {
  if (!plain) return values.map((value) => shortest(value, digits));
  const decimals = Math.min(decimalsFor(values, digits), Math.max(0, ...values.map(decimalsOf)));
  return values.map((value) => value.toFixed(decimals));
}

function shortest(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits));
  return String(rounded);
}

/** Decimals that give the smallest of the values its significant digits, as far as the largest stays readable. */
function decimalsFor(values: readonly number[], digits: number): number {
  const sizes = values
    .filter((value) => value !== 0)
    .map((value) => Math.floor(Math.log10(Math.abs(value))));
  if (sizes.length === 0) return 0;
  const wanted = digits - 1 - Math.min(...sizes);
  const readable = MOST_DIGITS - 1 - Math.max(...sizes);
  return Math.max(0, Math.min(wanted, Math.max(readable, digits - 1 - Math.max(...sizes))));
}

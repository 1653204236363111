/** Longest label of a diagram, in UTF-16 units. */
const LABEL = 40;

/**
 * Outside text for a quoted label: letters, digits and harmless signs; anything that Mermaid, Markdown in Mermaid,
 * KaTeX in Mermaid or HTML could read becomes `_`. Two `%` begin a comment of a chart, within quotes too:
 * https://github.com/mermaid-js/mermaid/blob/develop/packages/mermaid/src/diagrams/xychart/parser/xychart.jison
 */
export function mermaidLabel(text: string): string {
  const safe = text
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}\p{M} ._/:,=%()+~-]/gu, "_")
    .replaceAll("://", ":__")
    .replace(/%(?=%)/g, "_");
  return safe.length > LABEL ? `${safe.slice(0, LABEL - 1).trimEnd()}…` : safe;
}

/** Numbers of a chart: fixed-point, since Mermaid's grammar knows no exponents, in a unit that keeps them readable. */
export interface ScaledNumbers {
  /** The values are multiples of this power of ten. */
  readonly exponent: number;
  readonly format: (value: number) => string;
}

const DECIMALS = 4;

/** Chooses the unit for values of which `largest` is the greatest magnitude, and `span` the width of the range. */
export function scaleNumbers(largest: number, span: number): ScaledNumbers {
  const size = largest === 0 ? 0 : Math.floor(Math.log10(largest));
  const exponent = size < -2 || size > 5 ? size : 0;
  const spanSize = span === 0 ? 0 : Math.floor(Math.log10(span)) - exponent;
  const decimals = Math.min(12, Math.max(0, DECIMALS - 1 - spanSize));
  return { exponent, format: (value) => fixed(shift(value, -exponent), decimals) };
}

/** A power of ten as people write it: `10⁻⁵`. */
export function powerOfTen(exponent: number): string {
  const digits = [...String(exponent)].map((digit) =>
    digit === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)],
  );
  return `10${digits.join("")}`;
}

/** Moves the decimal point through text, so that no rounding creeps in. */
function shift(value: number, by: number): number {
  const [mantissa, exponent = "0"] = value.toString().split("e");
  return Number(`${mantissa}e${Number(exponent) + by}`);
}

function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  const short = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return short === "-0" ? "0" : short;
}

import { findOwnSecret } from "../../src/core/text/redact.ts";
import { SECRET_SHAPES, SUSPICIOUS } from "../../src/core/text/secret-shapes.ts";

/** The first secret in a text: one of the run's own, or something with the shape of one. */
export function findSecret(
  text: string,
  secrets: readonly string[],
): { readonly name: string } | undefined {
  const own = findOwnSecret(new TextEncoder().encode(text), secrets);
  if (own !== undefined) return own;
  if (!SUSPICIOUS.test(text)) return undefined;
  return SECRET_SHAPES.find(({ pattern }) => text.search(pattern) >= 0);
}

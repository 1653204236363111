import type { Sha256 } from "../text/sha256.ts";

/** RFC 4648, section 6, in lower case. */
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const LENGTH = 20;
const LENGTH_IN_EXPERIMENT_ID = 10;
const OP_ID = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

/**
 * The id of one command of one comment: the same however often its event is delivered. `index` counts the
 * commands of the comment from 0; `canonical` is the command as `renderCommand` writes it.
 */
export function opId(
  op: {
    readonly repositoryId: string;
    readonly commentId: string;
    readonly index: number;
    readonly canonical: string;
  },
  sha256: Sha256,
): string {
  const parts = [op.repositoryId, op.commentId, String(op.index), op.canonical];
  return base32(sha256(parts.join("\0"))).slice(0, LENGTH);
}

/** Whether a text has the form of such an id. */
export function isOpId(text: string): boolean {
  return OP_ID.test(text);
}

/** The experiment id of a proposal that names none. */
export function proposalId(operationId: string): string {
  return `p-${operationId.slice(0, LENGTH_IN_EXPERIMENT_ID)}`;
}

/** The base32 digits of whole groups of five bits of a hexadecimal text. */
function base32(hex: string): string {
  const bits = [...hex].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, "0"));
  const groups = [...bits.join("").matchAll(/.{5}/g)];
  return groups.map(([group]) => ALPHABET.charAt(Number.parseInt(group, 2))).join("");
}

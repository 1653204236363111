/** Prefixes of GitHub's node ids, by what they name. */
export type NodeKind = "R" | "I" | "PR" | "IC" | "U" | "BOT" | "REF" | "C" | "B" | "T" | "REA";

function msgpackNumber(value: number): Buffer {
  if (value < 128) return Buffer.from([value]);
  if (value <= 0xffffffff) {
    const out = Buffer.alloc(5);
    out[0] = 0xce;
    out.writeUInt32BE(value, 1);
    return out;
  }
  const out = Buffer.alloc(9);
  out[0] = 0xcf;
  out.writeBigUInt64BE(BigInt(value), 1);
  return out;
}

function msgpackString(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([0xd9, bytes.length & 0xff]), bytes]);
}

/** A node id in GitHub's present form: a prefix and the packed list [0, ...parts]. */
export function nodeId(kind: NodeKind, ...parts: (number | string)[]): string {
  const packed = Buffer.concat([
    Buffer.from([0x90 + parts.length + 1, 0]),
    ...parts.map((part) => (typeof part === "number" ? msgpackNumber(part) : msgpackString(part))),
  ]);
  return `${kind}_${packed.toString("base64url")}`;
}

/** Second precision, as every timestamp of GitHub's. */
export function timestamp(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, "Z");
}

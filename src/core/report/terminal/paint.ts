import { safeLine } from "../../text/safe-log.ts";

/** What a text is, so that it gets a colour. */
export type PaintKind = "plain" | "strong" | "added" | "removed";

/** Makes a text safe for a terminal and, where colour is on, puts it between escape sequences of ours. */
export type Paint = (kind: PaintKind, text: string) => string;

/** Select Graphic Rendition of ECMA-48: bold, green, red; 0 ends them. */
const CODES: Readonly<Record<Exclude<PaintKind, "plain">, number>> = {
  strong: 1,
  added: 32,
  removed: 31,
};

export function paintFor(color: boolean): Paint {
  return (kind, text) => {
    const safe = safeLine(text);
    return color && kind !== "plain" ? `\u001b[${CODES[kind]}m${safe}\u001b[0m` : safe;
  };
}

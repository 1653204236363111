import type { Change } from "./change.ts";

/** A commit's message: a subject of one line that says what happened, and a body by experiment. */
export interface CommitMessage {
  readonly headline: string;
  readonly body: string;
}

/** Experiments a commit's body names before it says how many more there are. */
const MAX_LISTED = 50;

/** Words of the subject, in this order. */
const WORDS: readonly (readonly [string, (change: Change) => boolean])[] = [
  ["completed", ({ to, kind }) => kind !== "updated" && to === "completed"],
  ["failed", ({ to, kind }) => kind !== "updated" && to === "failed"],
  ["cancelled", ({ to, kind }) => kind !== "updated" && to === "cancelled"],
  ["superseded", ({ to, kind }) => kind !== "updated" && to === "superseded"],
  ["running", ({ to, kind }) => kind !== "updated" && to === "running"],
  ["queued", ({ to, kind }) => kind !== "updated" && to === "queued"],
  ["planned", ({ to, kind }) => kind !== "updated" && to === "planned"],
  ["updated", ({ kind }) => kind === "updated"],
];

/**
 * The message of a commit to a session's files. Ids are data: characters that would mention somebody, close
 * an issue or break a line are replaced. `[skip ci]` keeps the record from starting builds.
 */
export function commitMessage(session: string, changes: readonly Change[]): CommitMessage {
  const counts = WORDS.map(([word, fits]) => [changes.filter(fits).length, word] as const);
  const said = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const subject = said.length === 0 ? "refresh the report" : said.join(", ");
  const lines = changes.slice(0, MAX_LISTED).map(describe);
  if (changes.length > MAX_LISTED) lines.push(`- and ${changes.length - MAX_LISTED} more`);
  return {
    headline: `${session}: ${subject}`,
    body: [...lines, "", "[skip ci]"].join("\n").trimStart(),
  };
}

/** The message as git writes it, without the last line's end. */
export function renderMessage({ headline, body }: CommitMessage): string {
  return body === "" ? headline : `${headline}\n\n${body}`;
}

function describe(change: Change): string {
  const id = inertWord(change.experimentId);
  const result = change.result === undefined ? "" : ` (${inertWord(change.result)})`;
  if (change.kind === "updated") return `- ${id}: updated${result}`;
  const from = change.from === undefined || change.kind === "added" ? "new" : change.from;
  return `- ${id}: ${from} → ${change.to}${result}`;
}

/**
 * Leaves only what means nothing to GitHub in a commit message; a keyword before an issue's address closes it too:
 * https://docs.github.com/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue
 */
function inertWord(text: string): string {
  return text
    .replace(/[^A-Za-z0-9._~/:=+ -]/g, "_")
    .replaceAll("://", ":__")
    .replace(/GH-(?=\d)/gi, "GH_");
}

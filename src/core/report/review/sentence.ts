import type { Paragraph, RootContent } from "mdast";
import { valueAt } from "../../analysis/analyse.ts";
import { formatNumbers } from "../../analysis/format-number.ts";
import type { LogDiff } from "../../log/diff.ts";
import { type Inline, list, paragraph, strong } from "../markdown.ts";
import { columnName, experimentName } from "./cell-table.ts";
import { type DiffRemark, diffRemarks, isDifferent, renderCounts } from "./diff-sentence.ts";
import type { LeaderboardEffect } from "./standing.ts";

/** `2 experiments added, 3 updated, 0 removed; best 0.41 → 0.38; 1 line added to the ledger`. */
export function renderSentence(
  diff: LogDiff,
  effect: LeaderboardEffect | undefined,
  entries?: string,
): Paragraph {
  const end = entries === undefined ? "." : `; ${entries}.`;
  if (!isDifferent(diff)) {
    const nothing = entries === undefined ? "Nothing of the log changed" : "No experiment changed";
    return paragraph(strong(nothing, end));
  }
  const best = effect === undefined ? "" : renderBest(effect);
  return paragraph(strong(renderCounts(diff), best, end));
}

/** What else of the log differs, as a list; at most `most` names in a line. */
export function renderRemarks(diff: LogDiff, most: number): readonly RootContent[] {
  const remarks = diffRemarks(diff);
  return remarks.length === 0 ? [] : [list(remarks.map((remark) => renderRemark(remark, most)))];
}

function renderRemark({ sentence, names, noun }: DiffRemark, most: number): Inline {
  if (Math.min(names.length, most) === 0) return `${sentence}.`;
  const name = noun === "column" ? columnName : experimentName;
  const shown = names.slice(0, most).map((one, at): Inline => [at === 0 ? "" : ", ", name(one)]);
  const rest = names.length - shown.length;
  return [sentence, ": ", shown, rest > 0 ? ` and ${rest} more.` : "."];
}

/** Two equal values of different experiments are no change of the best value. */
function renderBest({ before, after }: LeaderboardEffect): Inline {
  const old = valueAt(before.analysis.scan, before.analysis.best);
  const young = valueAt(after.analysis.scan, after.analysis.best);
  const texts = formatNumbers([old, young].filter((value) => value !== undefined));
  if (old === undefined && young === undefined) return "";
  if (old === undefined) return ["; best ", texts, ", the first result"];
  if (young === undefined) return ["; best ", texts, " → no result"];
  return old === young ? `; best ${texts[0]} as before` : `; best ${texts.join(" → ")}`;
}

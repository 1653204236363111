import type { RootContent } from "mdast";
import { formatNumbers } from "../../analysis/format-number.ts";
import { shortenText } from "../../text/escape.ts";
import { LIMITS } from "../limits.ts";
import { data, heading, type Inline, paragraph, type TableColumn, table } from "../markdown.ts";
import { experimentName } from "./cell-table.ts";
import { isMoved, type LeaderboardEffect, type Standing } from "./standing.ts";

/** What the change does to the best results; at most `most` of them. */
export function renderEffect(effect: LeaderboardEffect, most: number): readonly RootContent[] {
  const { leaders, displaced, after } = effect;
  if (leaders.length + displaced.length === 0) return [];
  const count =
    leaders.length === 1
      ? "best result stays as it is"
      : `best ${leaders.length} results stay as they are`;
  if (!isMoved(effect)) return [paragraph(`The ${count}.`)];
  const { metric, mode } = after.analysis.objective;
  const shown = leaders.slice(0, most);
  const head = data(shortenText(metric ?? "Value", LIMITS.id));
  return [
    heading(3, "Leaderboard"),
    ...(shown.length > 0 ? [table(columnsOf(shown, head), shown)] : []),
    paragraph(`${mode === "min" ? "Lower" : "Higher"} is better.`, ...renderDisplaced(displaced)),
  ];
}

function columnsOf(shown: readonly Standing[], head: Inline): readonly TableColumn<Standing>[] {
  const values = formatStandings(shown);
  return [
    { head: "#", align: "right", cell: (_, at) => String(at + 1) },
    { head: "Was", align: "right", cell: ({ rankBefore }) => String(rankBefore ?? "new") },
    { head: "Experiment", cell: ({ experimentId }) => experimentName(experimentId) },
    { head, align: "right", cell: (_, at) => values.slice(at, at + 1) },
  ];
}

/** The values with as many decimals as tell them apart; what a value was where it is another one. */
function formatStandings(shown: readonly Standing[]): readonly string[] {
  const pairs = shown.map(({ valueBefore, valueAfter }) =>
    [valueBefore, valueAfter].filter((value) => value !== undefined),
  );
  const texts = formatNumbers(pairs.flat());
  let at = 0;
  return pairs.map((pair) => {
    const own = texts.slice(at, at + pair.length);
    at += pair.length;
    return [...new Set(own)].join(" → ");
  });
}

function renderDisplaced(displaced: readonly Standing[]): readonly Inline[] {
  if (displaced.length === 0) return [];
  const names = displaced.map(({ experimentId, rankBefore, rankAfter }, at): Inline => {
    const now = rankAfter === undefined ? "has no place now" : `is ${rankAfter} now`;
    return [at === 0 ? "" : ", ", experimentName(experimentId), ` (was ${rankBefore}, ${now})`];
  });
  return [" No longer among them: ", ...names, "."];
}

import type { RootContent } from "mdast";
import { formatNumbers } from "../../analysis/format-number.ts";
import { formatVerdict } from "../format-delta.ts";
import { CAPS } from "../limits.ts";
import { data, dataCode, heading, type Inline, list, strong } from "../markdown.ts";
import type { ReportModel } from "../model.ts";

/** What the newest change of the log brought. */
export function renderNews({ news, objective }: ReportModel): readonly RootContent[] {
  const items: Inline[] = [];
  if (news.newBest !== undefined) items.push(newBest(news.newBest, objective));
  for (const kind of ["finished", "failed", "proposed", "started"] as const) {
    if (news[kind].length > 0) items.push(idList(kind, news[kind]));
  }
  return items.length === 0 ? [] : [heading(2, "Since the last report"), list(items)];
}

function newBest(
  best: NonNullable<ReportModel["news"]["newBest"]>,
  { metric, mode }: ReportModel["objective"],
): Inline {
  const { previous } = best;
  const values = formatNumbers(
    previous === undefined ? [best.value] : [best.value, previous.value],
  );
  const name = metric === undefined ? "" : `${metric} `;
  const start: Inline = [
    strong("New best"),
    ": ",
    dataCode(best.id),
    " ",
    data(`${name}${values[0]}`),
  ];
  if (previous === undefined) return [start, ", the first result"];
  return [
    start,
    `, ${formatVerdict(previous.delta, mode)} from ${values[1]} of `,
    dataCode(previous.id),
  ];
}

function idList(kind: string, ids: readonly string[]): Inline {
  const shown = ids
    .slice(0, CAPS.news)
    .map((id, at): Inline => [at === 0 ? "" : ", ", dataCode(id)]);
  const rest = ids.length > CAPS.news ? ` and ${ids.length - CAPS.news} more` : "";
  return [`${kind.charAt(0).toUpperCase()}${kind.slice(1)}: `, shown, rest];
}

import type { BlockContent, RootContent } from "mdast";
import type { Decision } from "../../analysis/decision.ts";
import type { StaleRun } from "../../sync/change.ts";
import { CAPS } from "../limits.ts";
import {
  type AlertKind,
  alert,
  data,
  dataCode,
  type Inline,
  list,
  paragraph,
  strong,
} from "../markdown.ts";
import type { Approvals, ReportModel } from "../model.ts";
import { stateText } from "./proposals.ts";

/** Continue or stop, why, and how far every stop criterion is. */
export function renderDecision({ decision, criteria }: ReportModel): RootContent {
  const word = decision.kind === "stop" ? "Stop." : "Continue.";
  const others = criteria.filter((criterion) => criterion.sentence !== decision.sentence);
  const content: BlockContent[] = [paragraph(strong(word), " ", decision.sentence)];
  if (others.length > 0) content.push(list(others.map((criterion) => criterion.sentence)));
  return alert(alertOf(decision), content);
}

/** What only a person can settle: approvals, launches that went wrong, and stale runs. */
export function renderWaiting({
  proposals,
  approvals,
  stale,
}: ReportModel): readonly RootContent[] {
  const items: Inline[] = [];
  if (proposals.total > 0) items.push(openProposals(proposals, approvals));
  items.push(...undecided(approvals));
  for (const run of stale.slice(0, CAPS.stale)) items.push(staleLine(run));
  const more = stale.length - CAPS.stale;
  if (more > 0) items.push(`${more} more stale runs.`);
  return items.length === 0
    ? []
    : [alert("IMPORTANT", [paragraph(strong("Waits for a person")), list(items)])];
}

function alertOf(decision: Decision): AlertKind {
  if (decision.kind === "continue") return decision.reason === "no-baseline" ? "TIP" : "NOTE";
  const kinds: Partial<Record<Decision["reason"], AlertKind>> = {
    paused: "WARNING",
    "max-failures": "CAUTION",
    target: "TIP",
  };
  return kinds[decision.reason] ?? "WARNING";
}

function openProposals({ shown, total }: ReportModel["proposals"], approvals: Approvals): Inline {
  const ids = shown.slice(0, 3).map(({ id }, at): Inline => [at === 0 ? "" : ", ", dataCode(id)]);
  const rest = total > 3 ? ` and ${total - 3} more` : "";
  const start = total === 1 ? "1 open proposal: " : `${total} open proposals: `;
  return [start, ids, rest, wordsGiven(approvals)];
}

function wordsGiven({ approved, queuedForLaunch }: Approvals): string {
  const parts: string[] = [];
  if (approved > 0) parts.push(`${approved} approved`);
  if (queuedForLaunch > 0) parts.push(`${queuedForLaunch} queued for launch`);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function undecided({ undecided: { shown, total } }: Approvals): readonly Inline[] {
  const lines = shown.map(({ id, state }): Inline => [dataCode(id), stateText(state)]);
  const more = total - shown.length;
  return more > 0 ? [...lines, `${more} more that wait for a person again.`] : lines;
}

function staleLine({ experimentId, since, reason }: StaleRun): Inline {
  return [dataCode(experimentId), " is stale since ", data(since), ": ", data(reason)];
}

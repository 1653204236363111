import type { Redactor } from "../text/redact.ts";
import { type Budget, fits } from "./budget.ts";
import { createSerialiser, link, paragraph, type Serialise, strong } from "./markdown.ts";
import type { ReportModel } from "./model.ts";
import { renderActive } from "./sections/active.ts";
import { renderChart } from "./sections/chart.ts";
import { renderFailures } from "./sections/failures.ts";
import { renderLeaderboard } from "./sections/leaderboard.ts";
import { renderLineage } from "./sections/lineage.ts";
import { renderNews } from "./sections/news.ts";
import { renderNotes } from "./sections/notes.ts";
import { renderProposals } from "./sections/proposals.ts";
import { renderRecent } from "./sections/recent.ts";
import type {
  Links,
  Provenance,
  RenderSection,
  SectionContext,
  SectionName,
} from "./sections/section.ts";
import { renderSummarySection } from "./sections/summary.ts";

export { COMMENT_BUDGET } from "./budget.ts";

export interface RenderOptions {
  readonly budget: Budget;
  readonly links: Links;
  readonly provenance: Provenance;
  /** Takes secrets out of every text. */
  readonly redact: Redactor;
}

export interface RenderedReport {
  readonly markdown: string;
  /** Sections that gave way, in the order of the report. */
  readonly omitted: readonly SectionName[];
}

interface Section {
  readonly name: SectionName;
  readonly title: string;
  readonly render: RenderSection;
}

const SECTIONS: readonly Section[] = [
  { name: "summary", title: "Summary", render: renderSummarySection },
  { name: "since-last-report", title: "Since the last report", render: renderNews },
  { name: "leaderboard", title: "Leaderboard", render: renderLeaderboard },
  { name: "chart", title: "Progress", render: renderChart },
  { name: "active", title: "Running and queued", render: renderActive },
  { name: "proposals", title: "Open proposals", render: renderProposals },
  { name: "failures", title: "Failures", render: renderFailures },
  { name: "lineage", title: "Lineage", render: renderLineage },
  { name: "recent", title: "Recent Experiments", render: renderRecent },
  { name: "notes", title: "Notes", render: renderNotes },
];

/** Sections that give way, the first first; the others stay. Secondary metrics will be the first. */
const GIVING_WAY: readonly SectionName[] = [
  "lineage",
  "recent",
  "failures",
  "chart",
  "proposals",
  "active",
];

/**
 * Renders a report as markdown. Over the budget whole sections give way in a fixed order, then rows of the
 * leaderboard; state, decision and best always stay, so a budget below about 4,000 may be exceeded.
 */
export function renderReport(model: ReportModel, options: RenderOptions): RenderedReport {
  const draft = renderDraft(model, options);
  for (const name of GIVING_WAY) {
    if (fits(assemble(draft), options.budget)) break;
    if (draft.parts.delete(name)) draft.omitted.add(name);
  }
  if (!fits(assemble(draft), options.budget)) shortenLeaderboard(draft, model, options.budget);
  const omitted = SECTIONS.map(({ name }) => name).filter((name) => draft.omitted.has(name));
  return { markdown: assemble(draft), omitted };
}

/** A report in the making: its sections as markdown, and those that gave way. */
interface Draft {
  readonly serialise: Serialise;
  readonly context: SectionContext;
  readonly parts: Map<SectionName, string>;
  readonly omitted: Set<SectionName>;
}

function renderDraft(model: ReportModel, { links, provenance, redact }: RenderOptions): Draft {
  const serialise = createSerialiser(redact);
  const context = { links, provenance, redact };
  const parts = new Map<SectionName, string>();
  for (const { name, render } of SECTIONS) {
    const content = render(model, context);
    if (content.length > 0) parts.set(name, serialise(content));
  }
  return { serialise, context, parts, omitted: new Set() };
}

function assemble(draft: Draft): string {
  const texts = SECTIONS.map(({ name }) => draft.parts.get(name)).filter(
    (text) => text !== undefined,
  );
  if (draft.omitted.size > 0) texts.push(leftOut(draft));
  return `${texts.join("\n\n")}\n`;
}

function leftOut({ serialise, context, omitted }: Draft): string {
  const titles = SECTIONS.filter(({ name }) => omitted.has(name)).map(({ title }) => title);
  const { reportUrl } = context.links;
  const full = reportUrl === undefined ? "the full report" : link(reportUrl, "the full report");
  return serialise([
    paragraph(strong("Left out to fit"), `: ${titles.join(", ")}. See `, full, "."),
  ]);
}

/** Keeps as many rows as fit, found by halving. */
function shortenLeaderboard(draft: Draft, model: ReportModel, budget: Budget): void {
  draft.omitted.add("leaderboard");
  let [least, most] = [0, model.leaderboard.shown.length];
  while (least < most) {
    const rows = Math.ceil((least + most) / 2);
    showLeaders(draft, model, rows);
    if (fits(assemble(draft), budget)) least = rows;
    else most = rows - 1;
  }
  showLeaders(draft, model, least);
}

function showLeaders(draft: Draft, model: ReportModel, rows: number): void {
  const leaderboard = { ...model.leaderboard, shown: model.leaderboard.shown.slice(0, rows) };
  const content = renderLeaderboard({ ...model, leaderboard });
  if (content.length === 0) draft.parts.delete("leaderboard");
  else draft.parts.set("leaderboard", draft.serialise(content));
}

import type { RootContent } from "mdast";
import { analyse } from "../../analysis/analyse.ts";
import type { Command } from "../../command/command.ts";
import { SESSION_FILES } from "../../log/columns.ts";
import { buildLeaderboard } from "../build-leaderboard.ts";
import { code, data, link, paragraph, strong } from "../markdown.ts";
import type { ReportModel } from "../model.ts";
import { renderActive } from "../sections/active.ts";
import { renderDecision, renderWaiting } from "../sections/decision.ts";
import { renderLeaderboard } from "../sections/leaderboard.ts";
import { renderStatusLine } from "../status-line.ts";
import { renderHelp } from "./help.ts";
import { renderRecommendation } from "./recommendation.ts";
import type { ReplyContext } from "./reply.ts";

/** Answers to the commands that only ask, each question once. */
export function renderAnswers(context: ReplyContext): readonly RootContent[] {
  const asked = new Map<string, Command>();
  for (const { command, kind } of context.session.outcomes) {
    if (kind === "answered") asked.set(questionOf(command), command);
  }
  return [...asked.values()].flatMap((command) => ANSWERS[command.name]?.(context, command) ?? []);
}

function questionOf(command: Command): string {
  return command.name === "best" ? `best ${command.count}` : command.name;
}

type RenderAnswer = (context: ReplyContext, command: Command) => readonly RootContent[];

const ANSWERS: Partial<Record<Command["name"], RenderAnswer>> = {
  status: ({ session, most }) => [
    paragraph(strong(data(renderStatusLine(session.model)))),
    renderDecision(session.model),
    ...renderWaiting(session.model),
    ...renderActive(activeUpTo(session.model, most)),
  ],
  best: renderBest,
  next: (context) => [
    renderDecision(context.session.model),
    ...renderWaiting(context.session.model),
    ...renderRecommendation(context),
  ],
  report: renderReportPlace,
  help: ({ prefix }) => renderHelp(prefix),
};

function activeUpTo(model: ReportModel, most: number): ReportModel {
  const { shown, total } = model.active;
  return { ...model, active: { shown: shown.slice(0, most), total } };
}

/** How many results `/best` shows when it is not told. */
const BEST = 10;

function renderBest({ session, most }: ReplyContext, command: Command): readonly RootContent[] {
  const asked = command.name === "best" ? command.count : undefined;
  const { table, settings, facts, model } = session;
  const source = { table, facts, analysis: analyse(table, settings) };
  const leaderboard = buildLeaderboard(source, Math.min(asked ?? BEST, most));
  if (leaderboard.total === 0) {
    return [paragraph("No completed experiment has a value that can be compared yet.")];
  }
  return renderLeaderboard({ ...model, leaderboard });
}

function renderReportPlace({ session }: ReplyContext): readonly RootContent[] {
  const { reportCommentUrl, reportUrl } = session.links;
  const file = code(SESSION_FILES.report);
  const inFile = reportUrl === undefined ? file : link(reportUrl, file);
  return reportCommentUrl === undefined
    ? [paragraph("The report is ", inFile, ".")]
    : [
        paragraph(
          "The report stands in ",
          link(reportCommentUrl, "its comment"),
          " and in ",
          inFile,
          ".",
        ),
      ];
}

import type { RootContent } from "mdast";
import { analyse } from "../../analysis/analyse.ts";
import { pausedSentence } from "../../analysis/decision.ts";
import { isQuestion, type Question } from "../../command/question.ts";
import { SESSION_FILES } from "../../log/columns.ts";
import { buildLeaderboard } from "../build-leaderboard.ts";
import { code, data, link, paragraph, strong } from "../markdown.ts";
import type { ReportModel } from "../model.ts";
import { redactTexts } from "../redact-texts.ts";
import { renderActive } from "../sections/active.ts";
import { renderDecision, renderWaiting } from "../sections/decision.ts";
import { renderLeaderboard } from "../sections/leaderboard.ts";
import { renderStatusLine } from "../status-line.ts";
import { renderHelp } from "./help.ts";
import { renderRecommendation } from "./recommendation.ts";
import type { ReplyContext } from "./reply.ts";

/** Answers to the commands that only ask, each question once. */
export function renderAnswers(context: ReplyContext): readonly RootContent[] {
  const asked = new Map<string, Question>();
  for (const { command } of context.session.outcomes) {
    if (isQuestion(command)) asked.set(keyOf(command), command);
  }
  return [...asked.values()].flatMap((question) =>
    renderAnswer(context, question, asked.has("status")),
  );
}

function keyOf(question: Question): string {
  return question.name === "best" ? `best ${question.count}` : question.name;
}

function renderAnswer(
  context: ReplyContext,
  question: Question,
  hasStatus: boolean,
): readonly RootContent[] {
  switch (question.name) {
    case "status":
      return renderStatus(context);
    case "best":
      return renderBest(context, question.count ?? BEST);
    case "next":
      return hasStatus ? renderRecommendation(context) : renderNext(context);
    case "report":
      return renderReportPlace(context);
    case "help":
      return renderHelp(context.prefix);
  }
}

function renderStatus(context: ReplyContext): readonly RootContent[] {
  const { session, most } = context;
  const { model } = session;
  return [
    paragraph(strong(data(renderStatusLine(model)))),
    renderDecision(withDecision(context)),
    ...renderWaiting(model),
    ...renderActive(activeUpTo(model, most)),
  ];
}

/** The model with the decision as it is said here, where the prefix of commands is known. */
function withDecision({ session: { model }, prefix }: ReplyContext): ReportModel {
  if (model.decision.reason !== "paused") return model;
  return { ...model, decision: { ...model.decision, sentence: pausedSentence(prefix) } };
}

function activeUpTo(model: ReportModel, most: number): ReportModel {
  const { shown, total } = model.active;
  return { ...model, active: { shown: shown.slice(0, most), total } };
}

/** How many results `/best` shows when it is not told. */
const BEST = 10;

function renderBest(
  { session, most, redact }: ReplyContext,
  count: number,
): readonly RootContent[] {
  const { settings, facts, model } = session;
  const table = redactTexts(session.table, redact);
  const source = { table, facts, analysis: analyse(table, settings) };
  const leaderboard = buildLeaderboard(source, Math.min(count, most));
  if (leaderboard.total === 0) {
    return [paragraph("No completed experiment has a value that can be compared yet.")];
  }
  return renderLeaderboard({ ...model, leaderboard });
}

function renderNext(context: ReplyContext): readonly RootContent[] {
  const { model } = context.session;
  return [
    renderDecision(withDecision(context)),
    ...renderWaiting(model),
    ...renderRecommendation(context),
  ];
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

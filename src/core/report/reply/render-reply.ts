import type { RootContent } from "mdast";
import { COMMENT_BUDGET, fits } from "../budget.ts";
import { createSerialiser, data, type Inline, link, list, paragraph } from "../markdown.ts";
import { renderAnswers } from "./answers.ts";
import { launchNotes } from "./launches.ts";
import { renderNextSteps } from "./next-steps.ts";
import { commandNotes } from "./notes.ts";
import { renderRefusal } from "./refusal.ts";
import type { ReplyContext, ReplyInput, ReplySession } from "./reply.ts";
import { renderRows } from "./rows.ts";
import { renderSentences } from "./sentences.ts";

/** How many rows and entries are shown: the first that fits into a comment. */
const ROOMS = [640, 100, 30, 10, 3, 1] as const;

/**
 * The markdown of a reply, without the hidden line that marks it. What became of a comment is said the same way
 * however often it is delivered: a command that the ledger had already reads as it did the first time.
 */
export function renderReply(input: ReplyInput): string {
  const serialise = createSerialiser(input.redact);
  let markdown = "";
  for (const most of ROOMS) {
    markdown = `${serialise(renderContent(input, most))}\n`;
    if (fits(markdown, COMMENT_BUDGET)) break;
  }
  return markdown;
}

function renderContent(input: ReplyInput, most: number): readonly RootContent[] {
  const { content, comment, prefix, mayLaunch, redact } = input;
  if (content.kind === "refused") {
    return [...renderRefusal(content, { prefix, most }), footer(input, undefined)];
  }
  const { session } = content;
  const { author } = comment;
  const context: ReplyContext = { session, author, prefix, mayLaunch, redact, most };
  return [
    ...renderSentences(context),
    ...renderRows(context),
    ...renderNotes([...launchNotes(context), ...commandNotes(context)]),
    ...renderNextSteps(context),
    ...renderAnswers(context),
    footer(input, session),
  ];
}

function renderNotes(notes: readonly Inline[]): readonly RootContent[] {
  return notes.length === 0 ? [] : [list(notes)];
}

/** Whom this answers, and where the log and the report are. */
function footer({ comment }: ReplyInput, session: ReplySession | undefined): RootContent {
  const asked: Inline = comment.url === undefined ? "commands" : link(comment.url, "commands");
  return paragraph(
    "In answer to ",
    asked,
    " of ",
    data(comment.author.login),
    ...places(session),
    ".",
  );
}

function places(session: ReplySession | undefined): readonly Inline[] {
  const { logUrl, reportUrl, commit } = session?.links ?? {};
  const shown: Inline[] = [];
  if (logUrl !== undefined) shown.push([" · ", link(logUrl, "log")]);
  if (reportUrl !== undefined) shown.push([" · ", link(reportUrl, "report")]);
  if (commit !== undefined)
    shown.push([" · ", link(commit.url, `commit ${commit.sha.slice(0, 10)}`)]);
  return shown;
}

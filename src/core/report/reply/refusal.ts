import type { RootContent } from "mdast";
import { describeProblem } from "../../command/describe-problem.ts";
import { commandWord } from "../../text/command-word.ts";
import { inertText, shortenText } from "../../text/escape.ts";
import { code, fence, paragraph, strong } from "../markdown.ts";
import type { ReplyInput } from "./reply.ts";

/** Every error of a comment by its line, and what to do. */
export function renderRefusal(
  { problems, isForm = false }: Refusal,
  { prefix, most }: { readonly prefix: string | undefined; readonly most: number },
): readonly RootContent[] {
  const shown = problems.slice(0, most);
  const more = problems.length - shown.length;
  return [
    paragraph(strong("Nothing was applied."), ` ${countOf(problems.length)}`),
    ...shown.map((problem) => fence("text", inertLines(describeProblem(problem)))),
    ...(more > 0 ? [paragraph(`${more} more errors are not shown.`)] : []),
    isForm ? paragraph(FORM_AGAIN) : commentAgain(prefix),
  ];
}

type Refusal = Extract<ReplyInput["content"], { readonly kind: "refused" }>;

const FORM_AGAIN =
  "Open a new issue from the form, since edits are not read, and a form is none as a comment.";

function commentAgain(prefix: string | undefined): RootContent {
  return paragraph(
    "Post it again as a new comment, since edits are not read; ",
    code(commandWord("help", prefix)),
    " lists every command.",
  );
}

function countOf(count: number): string {
  return count === 1 ? "There is 1 error:" : `There are ${count} errors:`;
}

/** Longer than a sentence about twenty ids. */
const LONGEST = 2000;

/** Mails show code as text, so that its references must be inert, too. */
function inertLines(text: string): string {
  return text
    .split("\n")
    .map((line) => inertText(shortenText(line, LONGEST)))
    .join("\n");
}

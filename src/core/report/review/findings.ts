import type { RootContent } from "mdast";
import type { Finding } from "../../review/review.ts";
import { shortenText } from "../../text/escape.ts";
import {
  type AlertKind,
  alert,
  code,
  data,
  dataCode,
  type Inline,
  link,
  list,
  paragraph,
  strong,
} from "../markdown.ts";
import { renderRest } from "./rest.ts";
import type { ReviewInputForRender } from "./review-comment.ts";

/** Longest sentence of a finding. */
const SENTENCE = 1_000;

/** How a level stands out; errors first. */
const LEVELS: readonly {
  readonly level: Finding["level"];
  readonly alert: AlertKind;
  readonly title: string;
}[] = [
  { level: "error", alert: "CAUTION", title: "This fails the check" },
  { level: "warning", alert: "WARNING", title: "Look again" },
];

/** What a reviewer should know, worst first; at most `most` of each level. */
export function renderFindings(
  { review, linkTo }: Pick<ReviewInputForRender, "review" | "linkTo">,
  most: number,
): readonly RootContent[] {
  return LEVELS.flatMap(({ level, alert: kind, title }) => {
    const found = review.findings.filter((finding) => finding.level === level);
    if (found.length === 0) return [];
    const shown = found.slice(0, most);
    const items = shown.map((finding) => renderFinding(finding, linkTo));
    return [
      alert(kind, [
        paragraph(strong(title)),
        list(items),
        ...renderRest(found.length, shown.length, level),
      ]),
    ];
  });
}

function renderFinding(
  { path, line, sentence, code: kind }: Finding,
  linkTo: ReviewInputForRender["linkTo"],
): Inline {
  const place = dataCode(line === undefined ? path : `${path}:${line}`);
  return [
    link(linkTo(path, line), place),
    ": ",
    data(shortenText(sentence, SENTENCE)),
    " (",
    code(kind),
    ")",
  ];
}

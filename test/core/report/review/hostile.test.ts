import fc from "fast-check";
import type { Root } from "mdast";
import { expect, test } from "vitest";
import { parseComment } from "../../../../src/core/command/parse-comment.ts";
import { renderDiffAsMarkdown } from "../../../../src/core/report/review/render-diff.ts";
import { renderReview } from "../../../../src/core/report/review/render-review.ts";
import { quoteUntrusted } from "../../../../src/core/text/safe-log.ts";
import type { Cells } from "../../../builders/log-table.ts";
import { sessionSettings } from "../../../builders/report.ts";
import { finding, reviewedSession } from "../../../builders/review.ts";
import { PAYLOADS } from "../hostile-payloads.ts";
import { liveIn, nodesOf, outlineOf, parseMarkdown } from "../markdown-tree.ts";

const asIs = (text: string) => text;

/** Longer than a line of the table holds, so that it is compared word by word. */
const FILLER = "some more words of a longer text ".repeat(5);

/** The address of a finding's file. */
const OURS = "https://github.test/file";

/** A session in which every text from outside is the payload. */
function sessionOf(text: string) {
  const cells = (own: string): Cells => ({ status: own, hypothesis: own, owner: own });
  const measured: Cells = {
    ...cells(text),
    status: "completed",
    parent_experiment_id: text,
    change_summary: text,
    objective_metric: text,
    objective_value: "0.5",
  };
  const before: readonly Cells[] = [
    { ...cells("before"), experiment_id: text },
    { ...cells("before"), experiment_id: `${text}2` },
    { ...measured, experiment_id: `${text}3` },
    { ...cells(`${FILLER} ${text} before`), experiment_id: `${text}5` },
  ];
  const after: readonly Cells[] = [
    { ...cells(`after ${text}`), experiment_id: text },
    { ...measured, experiment_id: `${text}4`, objective_value: "0.4" },
    { ...measured, experiment_id: `${text}3`, objective_value: "0.6" },
    { ...cells(`${FILLER}${text} after`), experiment_id: `${text}5` },
  ];
  const findings = [
    finding({ path: text, sentence: `The row ${quoteUntrusted(text)} is gone.` }),
    finding({ level: "warning", path: text, sentence: text, code: "x" }),
  ];
  const diff = {
    columnsAdded: [text],
    columnsRemoved: [`${text}b`],
    isReordered: true,
    rewritten: [{ experimentId: text, row: 0 }],
  };
  const settings = sessionSettings({
    report: { top: 1, recent: 1 },
    objective: { mode: "min", sameTask: false },
  });
  const linkTo = () => OURS;
  return reviewedSession(before, after, { session: text, findings, diff, settings, linkTo });
}

const pageOf = (text: string) => renderReview({ redact: asIs, reviews: [sessionOf(text)] });

function differenceOf(text: string): string {
  const { session, review } = sessionOf(text);
  if (review.diff === undefined) throw new Error("the logs are compared");
  return renderDiffAsMarkdown({ side: "both", redact: asIs, diff: review.diff, session });
}

/** Tags that are ours: what folds, what marks words, and code that a runner could obey. */
const OWN =
  /^(?:<details>\n<summary>[A-Z][a-z, ]+<\/summary>|<\/details>|<\/?(?:del|ins|code)>|\[!(?:CAUTION|WARNING)\]\n?)$/;

function expectInert(markdown: string, shape: readonly string[]): void {
  const root = parseMarkdown(markdown);
  const tags = nodesOf(root).flatMap((node) => (node.type === "html" ? [node.value] : []));
  expect(tags.filter((tag) => !OWN.test(tag))).toEqual([]);
  expect(unbalanced(tags)).toEqual([]);
  const links = nodesOf(root).flatMap((node) => (node.type === "link" ? [node.url] : []));
  expect(links.filter((url) => url !== OURS)).toEqual([]);
  expect(liveIn(root).filter((live) => live !== "html" && live !== "link")).toEqual([]);
  expect(markdown).not.toContain("<!--");
  expect(parseComment(markdown)).toEqual({ kind: "none" });
  expect(shapeOf(root)).toEqual(shape);
}

/** What is opened and not closed in turn; tags of ours nest in no other way. */
function unbalanced(tags: readonly string[]): readonly string[] {
  const open: string[] = [];
  for (const tag of tags) {
    const name = /^<\/?([a-z]+)>/.exec(tag)?.[1] ?? "";
    if (tag.startsWith("</") && open.at(-1) === name) open.pop();
    else open.push(name);
  }
  return open;
}

/** The outline; how many texts are long is a payload's only freedom. */
function shapeOf(root: Root): readonly string[] {
  const outline = outlineOf(root);
  return outline.filter((kind, at) => kind !== "paragraph" || outline[at - 1] !== "paragraph");
}

const PAGE = shapeOf(parseMarkdown(pageOf("harmless words")));
const DIFFERENCE = shapeOf(parseMarkdown(differenceOf("harmless words")));

test.each([...PAYLOADS, "/approve x", "\n/approve x\n", "~~", "<del>", "</ins>", "$"])(
  "%j stays inert in a review",
  (payload) => expectInert(pageOf(payload), PAGE),
);

test.each(["##[add-mask]x", "a|b ##[stop-commands]tok", "`##[error]*x*`"])(
  "%j stays inert in a printed difference, is no command of a runner, and is shown as it is",
  (payload) => {
    const markdown = differenceOf(payload);
    expectInert(markdown, DIFFERENCE);
    expect(markdown).not.toMatch(/##\[|^\s*::/m);
    const texts = nodesOf(parseMarkdown(markdown)).flatMap((node) =>
      "value" in node ? [node.value] : [],
    );
    expect(texts.filter((text) => text === payload).length).toBeGreaterThan(5);
  },
);

test("the page that is compared with has every part", () => {
  const page = pageOf("harmless words");
  for (const part of [
    "Columns added",
    "### Updated",
    "word by word",
    "### Added",
    "### Removed",
    "Every cell",
    "### Leaderboard",
    "No longer among them",
    "<del>",
    "<ins>",
  ]) {
    expect(page).toContain(part);
  }
});

test("random texts stay inert in a review", () => {
  const signs = [..."@#&;<>!-[](){}|`\\*_~$:/.= \n\tawx1\u202e\u200b", "http", "www.", "gh-1"];
  const text = fc
    .array(fc.constantFrom(...signs, "</details>", "\n/approve x\n"), {
      minLength: 1,
      maxLength: 40,
    })
    .map((pieces) => pieces.join(""));
  const anything = fc.oneof(text, fc.string({ unit: "binary", minLength: 1 }));
  const property = fc.property(anything, (payload) => {
    expectInert(pageOf(payload), PAGE);
    expectInert(differenceOf(payload), DIFFERENCE);
  });
  fc.assert(property, { numRuns: 100 });
});

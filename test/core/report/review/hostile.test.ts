import fc from "fast-check";
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

/** Longer than a line of the table holds, so that it is compared word by word. */
const FILLER = "some more words of a longer text ".repeat(5);

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
  return reviewedSession(before, after, { session: text, findings, diff, settings });
}

function pagesOf(text: string): readonly string[] {
  const session = sessionOf(text);
  const { diff } = session.review;
  if (diff === undefined) throw new Error("the logs are compared");
  return [
    renderReview({ reviews: [session] }),
    renderDiffAsMarkdown({ diff, session: session.session }),
  ];
}

/** Tags that are ours: what folds, and what marks words. */
const OWN =
  /^(?:<details>\n<summary>[A-Z][a-z, ]+<\/summary>|<\/details>|<\/?(?:del|ins)>|\[!(?:CAUTION|WARNING)\]\n?)$/;

function expectInert(payload: string): void {
  for (const [at, markdown] of pagesOf(payload).entries()) {
    const root = parseMarkdown(markdown);
    const tags = nodesOf(root).flatMap((node) => (node.type === "html" ? [node.value] : []));
    expect(tags.filter((tag) => !OWN.test(tag))).toEqual([]);
    expect(unbalanced(tags)).toEqual([]);
    expect(liveIn(root).filter((live) => live !== "html")).toEqual([]);
    expect(markdown).not.toContain("<!--");
    expect(parseComment(markdown)).toEqual({ kind: "none" });
    expect(shapeOf(markdown)).toEqual(SHAPES[at]);
  }
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
function shapeOf(markdown: string): readonly string[] {
  const outline = outlineOf(parseMarkdown(markdown));
  return outline.filter((kind, at) => kind !== "paragraph" || outline[at - 1] !== "paragraph");
}

const SHAPES = pagesOf("harmless words").map(shapeOf);

test.each([...PAYLOADS, "/approve x", "\n/approve x\n", "~~", "<del>", "</ins>", "$"])(
  "%j stays inert in a review",
  (payload) => expectInert(payload),
);

test("the page that is compared with has every part", () => {
  const [page = ""] = pagesOf("harmless words");
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
  fc.assert(fc.property(fc.oneof(text, fc.string({ unit: "binary", minLength: 1 })), expectInert), {
    numRuns: 100,
  });
});

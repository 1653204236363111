import { expect, test } from "vitest";
import { renderDiffAsMarkdown } from "../../../../src/core/report/review/render-diff.ts";
import type { Cells } from "../../../builders/log-table.ts";
import { logDiff } from "../../../builders/review.ts";

const asIs = (text: string) => text;

test("a difference as markdown is complete, however long", () => {
  const rows = (notes: string) => Array.from({ length: 700 }, (): Cells => ({ notes }));
  const markdown = renderDiffAsMarkdown({
    side: "both",
    redact: asIs,
    diff: logDiff(rows("old"), rows("new")),
    session: "a",
  });
  expect(markdown).toMatch(
    /^## Session `a`\n\n\*\*0 experiments added, 700 updated, 0 removed\.\*\*\n\n### Updated\n/,
  );
  expect(markdown.match(/\| `notes` \| old \| new \|/g)).toHaveLength(700);
});

test("no difference is one sentence", () => {
  const markdown = renderDiffAsMarkdown({
    side: "both",
    redact: asIs,
    diff: logDiff([], []),
    session: "a",
  });
  expect(markdown).toBe("## Session `a`\n\n**Nothing of the log changed.**\n");
});

test("an empty session that only one side has is said to be new or gone", () => {
  const page = (side: "base" | "head") =>
    renderDiffAsMarkdown({ redact: asIs, diff: logDiff([], []), session: "a", side });
  expect(page("head")).toContain("**The session is new; its log holds no experiment.**");
  expect(page("base")).toContain("**The session is gone; its log held no experiment.**");
});

test("every difference of a long text is shown, and the whole of one that was added", () => {
  const words = Array.from({ length: 900 }, (_, at) => `w${at}`);
  const edited = words.map((word, at) => (at % 100 === 3 ? `new${at}` : word)).join(" ");
  const markdown = renderDiffAsMarkdown({
    side: "both",
    redact: asIs,
    diff: logDiff(
      [{ notes: words.join(" ") }],
      [{ notes: edited }, { hypothesis: words.join(" ") }],
    ),
    session: "a",
  });
  expect(markdown.match(/<ins>new\d+<\/ins>/g)).toHaveLength(9);
  expect(markdown).toContain(words.join(" "));
  expect(markdown).not.toContain("left out");
});

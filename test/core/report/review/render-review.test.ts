import { describe, expect, test } from "vitest";
import { renderReview } from "../../../../src/core/report/review/render-review.ts";
import type { Cells } from "../../../builders/log-table.ts";
import { finding, reviewedSession } from "../../../builders/review.ts";

const result = (value: string, cells: Cells = {}): Cells => ({
  objective_metric: "val/loss",
  objective_mode: "min",
  objective_value: value,
  ...cells,
});

const LONG =
  "Warm up for 500 steps, then decay by a cosine to a tenth of the peak; gradient clipping at 1.0 keeps the early spikes away, as exp-001 showed.";

const BEFORE: readonly Cells[] = [
  result("0.44"),
  result("0.41", { parent_experiment_id: "exp-001" }),
  { status: "running", hypothesis: LONG },
  { status: "failed", result_summary: "oom: at step 12" },
];

const AFTER: readonly Cells[] = [
  result("0.44"),
  result("0.42", { parent_experiment_id: "exp-001", notes: "correction: a wrong eval split" }),
  result("0.38", {
    hypothesis: LONG.replace("500", "1,000").replace("a tenth", "a hundredth"),
    updated_at: "2026-03-02T00:00:00Z",
  }),
  {
    experiment_id: "exp-005",
    status: "planned",
    parent_experiment_id: "exp-003",
    change_summary: "lr=1e-4",
    owner: "mira",
  },
];

const FINDINGS = [
  finding({ sentence: 'The row of "exp-004" is gone.', line: 5 }),
  finding({
    level: "warning",
    code: "hypothesis-edited",
    sentence: "The hypothesis was edited after the launch.",
    line: 4,
  }),
];

const linkTo = (path: string, line: number | undefined) =>
  `https://github.com/octo/asr/blob/3f1c9ab/${path}${line === undefined ? "" : `#L${line}`}`;

describe("the review of a pull request", () => {
  test("is the golden page", async () => {
    const page = renderReview({
      reviews: [
        reviewedSession(BEFORE, AFTER, { session: "speech", findings: FINDINGS, linkTo }),
        reviewedSession(BEFORE, BEFORE, {
          session: "vision",
          diff: {
            isReordered: true,
            rewritten: [{ experimentId: "exp-002", row: 1 }],
            columnsAdded: ["gpu"],
          },
        }),
        reviewedSession(AFTER, AFTER, { session: "quiet" }),
      ],
    });
    await expect(page).toMatchFileSnapshot("../../../golden/review/page.md");
  });
});

import { describe, expect, test } from "vitest";
import { renderEntries } from "../../../../src/core/report/review/entries.ts";
import { renderReview } from "../../../../src/core/report/review/render-review.ts";
import { ledgerEntry } from "../../../builders/apply.ts";
import type { Cells } from "../../../builders/log-table.ts";
import { sessionSettings } from "../../../builders/report.ts";
import { finding, reviewedSession } from "../../../builders/review.ts";

const asIs = (text: string) => text;

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
      redact: asIs,
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

test("says in one sentence that nothing of the log changed", () => {
  const same = reviewedSession(BEFORE, BEFORE);
  for (const reviews of [[], [same], [same, same]]) {
    expect(renderReview({ redact: asIs, reviews })).toBe("**Nothing of the log changed.**\n");
  }
});

test("shows the lines that the ledger got, and never says then that nothing changed", () => {
  const same = reviewedSession(BEFORE, BEFORE);
  const page = (count: number) => {
    const newEntries = Array.from({ length: count }, (_, at) =>
      ledgerEntry({
        command: `/approve e${at}`,
        experimentId: at === 0 ? "" : `e${at}`,
        outcome: "approved",
      }),
    );
    return renderReview({
      redact: asIs,
      reviews: [{ ...same, review: { ...same.review, newEntries } }],
    });
  };
  expect(page(2)).not.toContain("Nothing of the log changed");
  expect(page(2)).toContain("**No experiment changed; 2 lines added to the ledger.**");
  expect(page(2)).toContain("### Added to the ledger\n");
  expect(page(2)).toContain("| ann | `/approve e1` | `e1` | `approved` |");
  expect(page(1)).toContain("; 1 line added to the ledger.**");
  expect(page(1)).toContain("| ann | `/approve e0` | | `approved` |");
  const many = page(5_000);
  expect(many).toMatch(/\d more lines left out to fit\./);
  expect(many.length).toBeLessThan(65_536);
});

test("leaves the new lines of the ledger out of the least room, counted", () => {
  expect(renderEntries({ newEntries: [ledgerEntry()] }, 0)).toHaveLength(2);
});

test("counts new lines of the ledger behind the experiments", () => {
  const session = reviewedSession(BEFORE, AFTER);
  const review = { ...session.review, newEntries: [ledgerEntry()] };
  expect(renderReview({ redact: asIs, reviews: [{ ...session, review }] })).toContain(
    "; 1 line added to the ledger.**",
  );
});

test("gives the same bytes again", () => {
  const reviews = [reviewedSession(BEFORE, AFTER, { findings: FINDINGS })];
  expect(renderReview({ redact: asIs, reviews })).toBe(renderReview({ redact: asIs, reviews }));
});

describe("the sentences of a review", () => {
  const page = (...session: Parameters<typeof reviewedSession>) =>
    renderReview({ redact: asIs, reviews: [reviewedSession(...session)] });

  test("praise a change without findings", () => {
    expect(page(BEFORE, AFTER)).toMatch(/^\*\*The changes to the log are in order\.\*\*\n/);
  });

  test("count findings by level", () => {
    const warning = finding({ level: "warning" });
    const findings = [finding(), finding(), warning];
    expect(page(BEFORE, AFTER, { findings })).toContain("have 2 errors and 1 warning.");
    expect(page(BEFORE, AFTER, { findings: [warning] })).toContain("have 1 warning.");
  });

  test("say that findings stand beside an unchanged log", () => {
    const text = page(BEFORE, BEFORE, { findings: [finding({ code: "ledger-rewritten" })] });
    expect(text).toContain("\n**Nothing of the log changed.**\n");
    expect(text).toContain(
      "`experiments/default/experiment_log.csv:4`](https://github.test/experiments/default/experiment_log.csv#L4): The row",
    );
    expect(text).not.toContain("best");
  });

  test("leave the line out where a finding has none", () => {
    const { line: _line, ...whole } = finding();
    const session = { ...reviewedSession(BEFORE, AFTER), linkTo };
    const review = { ...session.review, findings: [whole] };
    const text = renderReview({ redact: asIs, reviews: [{ ...session, review }] });
    expect(text).toContain(
      "[`experiments/default/experiment_log.csv`](https://github.com/octo/asr/blob/3f1c9ab/experiments/default/experiment_log.csv): ",
    );
  });

  test("say that a log cannot be read", () => {
    const session = { ...reviewedSession(BEFORE, AFTER), head: undefined };
    const review = { ...session.review, diff: undefined, findings: [finding()] };
    const text = renderReview({ redact: asIs, reviews: [{ ...session, review }] });
    expect(text).toContain("one of them cannot be read");
    expect(text).not.toContain("###");
  });

  test.each<readonly [string, readonly Cells[], readonly Cells[], string]>([
    ["no result", [], [{ status: "running" }], "0 removed."],
    ["a first result", [], [result("0.4")], "0 removed; best 0.4, the first result."],
    ["a lost result", [result("0.4")], [], "1 removed; best 0.4 → no result."],
    ["another best", [result("0.4")], [result("0.4"), result("0.31")], "; best 0.40 → 0.31."],
    ["an old best", [result("0.4")], [result("0.4"), result("0.5")], "; best 0.4 as before."],
  ])("tell of %s", (_name, before, after, expected) => {
    expect(page(before, after)).toContain(expected);
  });
});

test("an added experiment without a text leaves the place of another's empty", () => {
  const after = [{ status: "planned", owner: "mira" }, { status: "planned" }];
  const text = renderReview({ redact: asIs, reviews: [reviewedSession([], after)] });
  expect(text).toContain("| `exp-001` | planned | mira |\n| `exp-002` | planned | |\n");
});

describe("the effect on the leaderboard", () => {
  const page = (before: readonly Cells[], after: readonly Cells[], top = 2) => {
    const settings = sessionSettings({ report: { top, recent: 5 } });
    return renderReview({ redact: asIs, reviews: [reviewedSession(before, after, { settings })] });
  };
  const [first, second, third] = [result("0.1"), result("0.2"), result("0.3")];

  test("is one sentence where there is none", () => {
    const failed = { status: "failed" };
    expect(page([first, second], [first, second, failed])).toContain(
      "\nThe best 2 results stay as they are.\n",
    );
    expect(page([first], [first, failed])).toContain("\nThe best result stays as it is.\n");
    expect(page([], [failed])).not.toMatch(/result stays|Leaderboard/);
  });

  test("names places before and after, and who lost one", () => {
    const text = page([first, second, third], [result("0.5"), second, third, result("0.05")]);
    expect(text).toContain("| 1 | new | `exp-004` | 0.05 |");
    expect(text).toContain("| 2 | 2 | `exp-002` | 0.2");
    expect(text).toContain("Lower is better. No longer among them: `exp-001` (was 1, is 4 now).");
  });

  test("says who has no place any more", () => {
    const text = page([first, second], [{ ...first, status: "superseded" }, second]);
    expect(text).toContain("| 1 | 2 | `exp-002` | 0.2 |");
    expect(text).toContain("`exp-001` (was 1, has no place now)");
    const gone = page([first], [{ ...first, status: "superseded" }]);
    expect(gone).toContain("### Leaderboard\n\nLower is better. No longer");
  });

  test("names everybody who lost a place", () => {
    const text = page([first, second], [first, second, result("0.05"), result("0.06")]);
    expect(text).toContain("among them: `exp-001` (was 1, is 3 now), `exp-002` (was 2, is 4 now).");
  });

  test("counts equal values by who was first", () => {
    const equal = [result("0.2"), result("0.2"), result("0.2")];
    const text = page(equal, [...equal, result("0.1")], 4);
    expect(text).toMatch(
      /\| 1 \| new \|.*\n\| 2 \| 1 \| `exp-001`.*\n\| 3 \| 2 \|.*\n\| 4 \| 3 \|/,
    );
  });

  test("tells where more is better", () => {
    const more = { ...first, objective_mode: "max" };
    const settings = sessionSettings();
    const session = reviewedSession([more], [more, { ...more, objective_value: "3" }], {
      settings,
    });
    const text = renderReview({ redact: asIs, reviews: [session] });
    expect(text).toContain("best 0.1 → 3.0");
    expect(text).toContain("Higher is better.");
  });

  test("has the value where the log names no metric", () => {
    const nameless = { objective_value: "1" };
    expect(page([], [nameless])).toContain("| # | Was | Experiment | Value |");
  });
});

describe("a review that is too long for a comment", () => {
  test("counts the rows that are written another way", () => {
    const rewritten = Array.from({ length: 600 }, (_, row) => ({ experimentId: `e${row}`, row }));
    const text = renderReview({
      redact: asIs,
      reviews: [reviewedSession(BEFORE, BEFORE, { diff: { rewritten } })],
    });
    expect(text).toMatch(/- 600 rows are written .* `e499` and 100 more\.\n/);
  });

  const long = "汉字 und mehr ".repeat(40);
  const rows = (count: number, cells: (at: number) => Cells): readonly Cells[] =>
    Array.from({ length: count }, (_, at) => cells(at));

  function expectFits(text: string): void {
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(240_000);
    expect(text.split("<details>")).toHaveLength(text.split("</details>").length);
  }

  test("drops what is folded away before rows, and rows whole", () => {
    const before = rows(300, (at) => ({ hypothesis: `${long}${at}`, notes: long }));
    const after = rows(300, (at) => ({ hypothesis: `${long}x${at}`, notes: `new ${long}` }));
    const text = renderReview({ redact: asIs, reviews: [reviewedSession(before, after)] });
    expectFits(text);
    expect(text).toMatch(/\n\d+ more updated cells left out to fit\.\n/);
    expect(text).toMatch(/\n59\d more longer texts left out to fit\.\n/);
    for (const line of text.split("\n").filter((one) => one.startsWith("|"))) {
      expect(line).toMatch(/^\|.*\|$/);
      expect(line.replaceAll("\\|", "").split("|")).toHaveLength(6);
    }
  });

  test("keeps part of what is folded away where that is enough", () => {
    const before = rows(90, (at) => ({ hypothesis: `${at} ${long}` }));
    const after = rows(90, (at) => ({ hypothesis: `${at} other ${long}` }));
    const text = renderReview({ redact: asIs, reviews: [reviewedSession(before, after)] });
    expectFits(text);
    expect(text).toMatch(/\n\d+ more longer texts left out to fit\.\n\n<\/details>\n/);
  });

  test("counts findings, added and removed experiments that are left out", () => {
    const findings = rows(3_000, () => ({})).map(() => finding({ sentence: long }));
    const before = rows(2_000, (at) => ({ experiment_id: `old-${at}`, hypothesis: long }));
    const after = rows(2_000, (at) => ({ experiment_id: `new-${at}`, hypothesis: long }));
    const text = renderReview({
      redact: asIs,
      reviews: [reviewedSession(before, after, { findings })],
    });
    expectFits(text);
    expect(text).toMatch(/\n> \d+ more errors left out to fit\.\n/);
    expect(text.match(/\n\d+ more experiments left out to fit\.\n/g)).toHaveLength(2);
  });

  test("hides no difference of a long text: what is not shown is counted", () => {
    const words = Array.from({ length: 900 }, (_, at) => `w${at}`);
    const edited = words.map((word, at) => (at === 3 || at === 880 ? `new${at}` : word));
    const page = (notes: readonly string[]) =>
      renderReview({
        redact: asIs,
        reviews: [reviewedSession([{ notes: words.join(" ") }], [{ notes: notes.join(" ") }])],
      });
    expect(page(edited).match(/<ins>new\d+<\/ins>/g)).toHaveLength(2);
    expect(page(edited)).not.toContain("left out");
    const other = page(words.map((word) => `${word}x`));
    expect(other).toMatch(/…<\/ins> 8\d{3} more characters of what differs left out to fit\.\n/);
  });

  test("names as many sessions as fit, and counts the others", () => {
    const reviews = rows(2_000, () => ({})).map((_, at) =>
      reviewedSession([{ status: "queued" }], [{ status: "running" }, {}], {
        session: `session-${at}`,
        findings: [finding(), finding()],
        diff: { rewritten: [{ experimentId: "x", row: 0 }] },
      }),
    );
    const text = renderReview({ redact: asIs, reviews });
    expectFits(text);
    expect(text).toContain("The changes to the logs of 2000 sessions have 4000 errors.");
    expect(text).toContain("> 1 more error left out to fit.");
    expect(text).toContain("\n1 experiment left out to fit.\n");
    expect(text).toContain("\n1 updated cell left out to fit.\n");
    expect(text).toContain("\n- 1 row is written another way with the same cells.\n");
    expect(text).toMatch(/\n\d+ sessions left out to fit\.\n$/);
    expect(text.length).toBeGreaterThan(59_000);
  });

  test("takes no longer than the largest comment", () => {
    const before = rows(10_000, () => ({ notes: "old" }));
    const after = rows(10_000, () => ({ notes: "new" }));
    const session = reviewedSession(before, after);
    const started = performance.now();
    expectFits(renderReview({ redact: asIs, reviews: [session] }));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

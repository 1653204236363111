import fc from "fast-check";
import { expect, test } from "vitest";
import { clearedOf, commandFacts, launchUnknown } from "../../builders/facts.ts";
import type { Cells } from "../../builders/log-table.ts";
import { renderedReport, sessionSettings } from "../../builders/report.ts";
import { diagramsOf, parseMermaid } from "../../support/mermaid.ts";
import { PAYLOADS } from "./hostile-payloads.ts";
import { liveIn, outlineOf, parseMarkdown } from "./markdown-tree.ts";

/** A report in which every text of every section is the payload. */
function reportOf(text: string) {
  const texts: Cells = {
    task_key: text,
    command: text,
    config_path: text,
    run_dir: text,
    objective_metric: text,
    metrics_json: text,
    hypothesis: text,
    change_summary: text,
    result_summary: text,
    next_action: text,
    owner: text,
    notes: text,
  };
  const rows: readonly Cells[] = [
    { ...texts, experiment_id: text, objective_value: "0.5" },
    { ...texts, parent_experiment_id: text, objective_value: "0.4" },
    { ...texts, objective_value: `=${text}`, updated_at: text },
    { ...texts, status: "failed", result_summary: `exit 1: ${text}` },
    { ...texts, experiment_id: `${text}2`, status: "failed" },
    { ...texts, experiment_id: `${text}3`, status: "running" },
    { ...texts, experiment_id: `${text}4`, status: "queued" },
    { ...texts, experiment_id: `${text}5`, parent_experiment_id: text, status: "planned" },
    { ...texts, experiment_id: `${text}6`, status: "planned" },
  ];
  const facts = commandFacts({
    approvals: { [`${text}5`]: clearedOf(text) },
    launches: { [`${text}6`]: launchUnknown(text) },
    forcedResults: [{ experimentId: text, by: text, what: text, at: text }],
  });
  const stale = [{ experimentId: text, since: text, reason: text }];
  const settings = sessionSettings({ stop: { patience: 3, maxExperiments: 9 } });
  return renderedReport(rows, { settings, stale, facts, title: text }).markdown;
}

/** An id that can be typed gets a command to copy, another one does not: that is the only freedom of the outline. */
const withoutCommands = (outline: readonly string[]) => outline.join("\n").replaceAll("code\n", "");

const EXPECTED = outlineOf(parseMarkdown(reportOf("harmless words")));

test("there are at least 300 payloads", () => {
  expect(new Set(PAYLOADS).size).toBeGreaterThanOrEqual(300);
});

test.each(PAYLOADS)("%j stays inert", async (payload) => {
  const markdown = reportOf(payload);
  const root = parseMarkdown(markdown);
  expect(liveIn(root)).toEqual([]);
  expect(markdown).not.toContain("<!--");
  expect(withoutCommands(outlineOf(root))).toBe(withoutCommands(EXPECTED));
  const diagrams = await Promise.all(diagramsOf(markdown).map(parseMermaid));
  expect(diagrams).toEqual(["xychart", "flowchart-v2"]);
});

test.each([
  "@octocat",
  "#12",
  "https://x.y",
  "![x](y)",
  "<b>x</b>",
  "`@octocat`",
  "a@b.cd",
  "_www.x.y",
])("the check itself sees that %s is live", (markdown) => {
  expect(liveIn(parseMarkdown(markdown))).not.toEqual([]);
});

test("random texts change neither structure nor what is live", () => {
  const signs = [..."@#&;<>!-[](){}|`\\*_~$:/.= \n\tawx1\u202e\u200b", "http", "www.", "gh-1"];
  const text = fc
    .array(fc.constantFrom(...signs), { minLength: 1, maxLength: 40 })
    .map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: "binary", minLength: 1 })), (payload) => {
      const root = parseMarkdown(reportOf(payload));
      expect(liveIn(root)).toEqual([]);
      expect(withoutCommands(outlineOf(root))).toBe(withoutCommands(EXPECTED));
    }),
    { numRuns: 300 },
  );
});

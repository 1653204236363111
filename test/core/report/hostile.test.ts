import fc from "fast-check";
import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { expect, test } from "vitest";
import { clearedOf, commandFacts, launchUnknown } from "../../builders/facts.ts";
import type { Cells } from "../../builders/log-table.ts";
import { renderedReport, sessionSettings } from "../../builders/report.ts";
import { diagramsOf, parseMermaid } from "../../support/mermaid.ts";
import { PAYLOADS } from "./hostile-payloads.ts";

const LIVE = new Set([
  "html",
  "link",
  "linkReference",
  "image",
  "imageReference",
  "definition",
  "footnoteReference",
  "footnoteDefinition",
]);
const REFERENCES: readonly RegExp[] = [
  /@[\w-]/,
  /#\w/,
  /gh-\d/i,
  /:\/\//,
  /www\./i,
  /\b[0-9a-f]{40}\b/i,
  /<!--/,
  /-->/,
  /(?!\n)[\p{Cc}\p{Bidi_Control}\p{Cs}\u200b\u200c\ufeff]/u,
];

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

function parse(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

function nodesOf(node: Nodes): readonly Nodes[] {
  return "children" in node ? [node, ...node.children.flatMap(nodesOf)] : [node];
}

/** What a reader of the page sees as structure: kinds of blocks, and cells of tables. */
function outlineOf(root: Root): readonly string[] {
  return root.children.map((node) =>
    node.type === "table" ? `table ${node.children.map((row) => row.children.length)}` : node.type,
  );
}

/** Texts of diagrams follow other rules: nothing there is looked through for references. */
function textsOf(root: Root): readonly string[] {
  return nodesOf(root).flatMap((node) =>
    "value" in node && !(node.type === "code" && node.lang === "mermaid") ? [node.value] : [],
  );
}

/** An id that can be typed gets a command to copy, another one does not: that is the only freedom of the outline. */
const withoutCommands = (outline: readonly string[]) => outline.join("\n").replaceAll("code\n", "");

const EXPECTED = outlineOf(parse(reportOf("harmless words")));

test("there are at least 300 payloads", () => {
  expect(new Set(PAYLOADS).size).toBeGreaterThanOrEqual(300);
});

/** What of a payload came alive: nodes that act, and texts that GitHub would make act. */
function liveIn(root: Root): readonly string[] {
  const kinds = nodesOf(root).map((node) => node.type);
  const isLive = (text: string) => REFERENCES.some((reference) => reference.test(text));
  return [...kinds.filter((kind) => LIVE.has(kind)), ...textsOf(root).filter(isLive)];
}

test.each(PAYLOADS)("%j stays inert", async (payload) => {
  const markdown = reportOf(payload);
  const root = parse(markdown);
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
  expect(liveIn(parse(markdown))).not.toEqual([]);
});

test("random texts change neither structure nor what is live", () => {
  const signs = [..."@#&;<>!-[](){}|`\\*_~$:/.= \n\tawx1\u202e\u200b", "http", "www.", "gh-1"];
  const text = fc
    .array(fc.constantFrom(...signs), { minLength: 1, maxLength: 40 })
    .map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: "binary", minLength: 1 })), (payload) => {
      const root = parse(reportOf(payload));
      expect(liveIn(root)).toEqual([]);
      expect(withoutCommands(outlineOf(root))).toBe(withoutCommands(EXPECTED));
    }),
    { numRuns: 300 },
  );
});

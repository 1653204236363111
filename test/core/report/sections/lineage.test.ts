import { expect, test } from "vitest";
import { renderLineage } from "../../../../src/core/report/sections/lineage.ts";
import { reportModel } from "../../../builders/report.ts";

const CONTEXT = { redact: (text: string) => text };

test("each box has the outcome and the colour of its experiment", () => {
  const node = { value: undefined, isBest: false, parent: 0 } as const;
  const lineage = [
    { id: "base", status: "completed", value: 0.5, isBest: false, parent: undefined },
    { ...node, id: "top", status: "completed", value: 0.25, isBest: true },
    { ...node, id: "blind", status: "completed" },
    { ...node, id: "oom", status: "failed", value: 3 },
    { ...node, id: "stopped", status: "cancelled" },
    { ...node, id: "goes", status: "running" },
    { ...node, id: "idea", status: "planned" },
  ] as const;
  const [, diagram] = renderLineage({ ...reportModel([]), lineage }, CONTEXT);
  expect(diagram).toMatchObject({ type: "code", lang: "mermaid" });
  const lines = diagram?.type === "code" ? diagram.value.split("\n") : [];
  expect(lines.slice(0, 14)).toEqual([
    "flowchart LR",
    '  n0["base · 0.5"]:::done',
    '  n1["top · 0.25"]:::best',
    '  n2["blind · completed"]:::done',
    '  n3["oom · failed"]:::bad',
    '  n4["stopped · cancelled"]:::bad',
    '  n5["goes · running"]:::open',
    '  n6["idea · planned"]:::open',
    ...[1, 2, 3, 4, 5, 6].map((child) => `  n0 --> n${child}`),
  ]);
  expect(lines.slice(14).map((line) => /^ {2}classDef (\w+) fill:#/.exec(line)?.[1])).toEqual([
    "best",
    "done",
    "bad",
    "open",
  ]);
});

test("a session without ancestry has no diagram", () => {
  expect(renderLineage(reportModel([]), CONTEXT)).toEqual([]);
});

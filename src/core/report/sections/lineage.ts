import type { RootContent } from "mdast";
import { formatNumber } from "../../analysis/format-number.ts";
import { fence, heading, paragraph } from "../markdown.ts";
import { mermaidLabel } from "../mermaid.ts";
import type { LineageNode, ReportModel } from "../model.ts";
import type { SectionContext } from "./section.ts";

/** Dark text on mid-tones is read on both of GitHub's themes. */
const CLASSES = [
  "classDef best fill:#f08c00,stroke:#b35c00,color:#1b1b1b,font-weight:bold",
  "classDef done fill:#a5d8ff,stroke:#4dabf7,color:#1b1b1b",
  "classDef bad fill:#ffc9c9,stroke:#fa5252,color:#1b1b1b",
  "classDef open fill:#dee2e6,stroke:#adb5bd,color:#1b1b1b,stroke-dasharray:4",
];

/** Where the best experiments come from and what was tried from them. */
export function renderLineage(
  { lineage }: ReportModel,
  { redact }: Pick<SectionContext, "redact">,
): readonly RootContent[] {
  if (lineage.length === 0) return [];
  return [
    heading(2, "Lineage"),
    fence("mermaid", renderFlowchart(lineage.map((node) => ({ ...node, id: redact(node.id) })))),
    paragraph(
      "The best experiments with their nearest ancestors, and the newest children of the best.",
    ),
  ];
}

/** Ids of nodes are synthetic: an experiment named `end` would break the diagram. */
function renderFlowchart(nodes: readonly LineageNode[]): string {
  const boxes = nodes.map((node, at) => `  n${at}["${label(node)}"]:::${classOf(node)}`);
  const arrows = nodes.flatMap(({ parent }, at) =>
    parent === undefined ? [] : [`  n${parent} --> n${at}`],
  );
  return ["flowchart LR", ...boxes, ...arrows, ...CLASSES.map((line) => `  ${line}`)].join("\n");
}

function label({ id, value, status }: LineageNode): string {
  const outcome = status === "completed" && value !== undefined ? formatNumber(value) : status;
  return `${mermaidLabel(id)} · ${outcome}`;
}

function classOf({ isBest, status }: LineageNode): string {
  if (isBest) return "best";
  if (status === "completed") return "done";
  return status === "failed" || status === "cancelled" ? "bad" : "open";
}

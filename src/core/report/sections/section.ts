import type { RootContent } from "mdast";
import type { Redactor } from "../../text/redact.ts";
import type { ReportModel } from "../model.ts";

/** Where things are, for links; addresses are ours, never data. */
export interface Links {
  readonly logUrl?: string;
  readonly reportUrl?: string;
  readonly commit?: { readonly sha: string; readonly url: string };
}

export interface Provenance {
  readonly version: string;
  /** Age of the queue's status when it was read. It moves with every run: give it only where it is worth an edit. */
  readonly sourceAgeSeconds?: number;
}

/** What a section is rendered with besides the model. */
export interface SectionContext {
  readonly links: Links;
  readonly provenance: Provenance;
  /** For what is not text of markdown but of a diagram. */
  readonly redact: Redactor;
}

/** Renders a part of the report; nothing when the model has no data for it. */
export type RenderSection = (model: ReportModel, context: SectionContext) => readonly RootContent[];

export type SectionName =
  | "summary"
  | "since-last-report"
  | "leaderboard"
  | "chart"
  | "active"
  | "proposals"
  | "failures"
  | "lineage"
  | "recent"
  | "notes";

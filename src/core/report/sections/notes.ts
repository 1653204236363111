import type { RootContent } from "mdast";
import { formatDuration } from "../../text/time.ts";
import { code, data, heading, type Inline, link, list } from "../markdown.ts";
import type { ReportModel } from "../model.ts";
import type { SectionContext } from "./section.ts";

/** Where the numbers come from. */
export function renderNotes(
  { session, baseline }: ReportModel,
  { links, provenance }: SectionContext,
): readonly RootContent[] {
  const items: Inline[] = [source(session, links)];
  if (baseline !== undefined) items.push(["Baseline: ", data(baseline.id)]);
  if (provenance.sourceAgeSeconds !== undefined) {
    items.push(
      `The queue's status was ${formatDuration(provenance.sourceAgeSeconds)} old when it was read.`,
    );
  }
  items.push(
    `Written by Experiment Monitor ${provenance.version} from the log alone; times are UTC.`,
  );
  return [heading(2, "Notes"), list(items)];
}

function source(session: string, { logUrl, commit }: SectionContext["links"]): Inline {
  const log = logUrl === undefined ? "its log" : link(logUrl, "its log");
  const at: Inline =
    commit === undefined ? "" : [" at ", link(commit.url, code(commit.sha.slice(0, 10)))];
  return ["Session ", code(session), ", from ", log, at, "."];
}

import type { RootContent } from "mdast";
import { formatDuration } from "../../text/time.ts";
import { code, data, dataCode, heading, type Inline, link, list } from "../markdown.ts";
import type { ReportModel } from "../model.ts";
import type { SectionContext } from "./section.ts";

/** Where the numbers come from. */
export function renderNotes(
  { session, baseline, forcedResults }: ReportModel,
  { links, provenance }: SectionContext,
): readonly RootContent[] {
  const items: Inline[] = [source(session, links)];
  if (baseline !== undefined) items.push(["Baseline: ", data(baseline.id)]);
  items.push(...forced(forcedResults));
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

function forced({ shown, total }: ReportModel["forcedResults"]): readonly Inline[] {
  const lines = shown.map(
    ({ id, by, what }): Inline => [
      "Result of ",
      dataCode(id),
      " changed by ",
      data(by),
      " with ",
      code("--force"),
      ": ",
      data(what),
    ],
  );
  const more = total - shown.length;
  return more > 0 ? [...lines, `${more} earlier changes by force are in the ledger.`] : lines;
}

function source(session: string, { logUrl, commit }: SectionContext["links"]): Inline {
  const log = logUrl === undefined ? "its log" : link(logUrl, "its log");
  const at: Inline =
    commit === undefined ? "" : [" at ", link(commit.url, code(commit.sha.slice(0, 10)))];
  return ["Session ", code(session), ", from ", log, at, "."];
}

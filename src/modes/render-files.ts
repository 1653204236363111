import type { CommandFacts } from "../core/command/facts.ts";
import type { ObjectiveMode } from "../core/log/columns.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import type { LogTable } from "../core/log/table.ts";
import type { ReportModel } from "../core/report/model.ts";
import type { Links } from "../core/report/sections/section.ts";
import type { SessionSettings } from "../core/session/settings.ts";
import type { StaleRun } from "../core/sync/change.ts";
import { present } from "../core/text/present.ts";
import type { Redactor } from "../core/text/redact.ts";
import { VERSION } from "../core/version.ts";

/** A session rendered: the model, the files that carry it, and the comment's text. */
export interface RenderedSession {
  readonly model: ReportModel;
  /** `experiment_report.md`, which depends on the log, the ledger and session.yml alone. */
  readonly report: string;
  /** Rows of the log and lines of the ledger together: whatever is recorded later, they are never fewer. */
  readonly extent: number;
  /** Report, summary and badge by file name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The report within a comment's budget, with links and provenance. */
  renderComment(links: Links, sourceAgeSeconds: number | undefined): string;
}

export interface RenderInput {
  readonly table: LogTable;
  readonly settings: SessionSettings;
  readonly session: string;
  readonly stale: readonly StaleRun[];
  /** What the ledger says; default: nothing. */
  readonly facts?: CommandFacts;
  readonly title?: string;
  readonly maxRows?: number;
  readonly objectiveModeOverride?: ObjectiveMode;
}

/**
 * Loads what renders a report; the libraries are heavy, so only who renders pays for them.
 *
 * @param redactOwn takes the run's own secrets out; what `session.yml` hides, each session's settings say
 */
export async function loadRenderer(
  redactOwn: Redactor,
): Promise<(input: RenderInput) => RenderedSession> {
  const { buildReport } = await import("../core/report/build.ts");
  const { COMMENT_BUDGET, renderReport } = await import("../core/report/render.ts");
  const { renderSummary } = await import("../core/report/summary.ts");
  const { renderBadge } = await import("../core/report/badge.ts");
  const { createRedactor } = await import("../core/text/redact.ts");
  return (input) => {
    const { patterns } = input.settings.redact;
    const redactNamed = createRedactor({ secrets: [], settings: { paths: false, patterns } });
    const redact = (text: string) => redactNamed(redactOwn(text));
    const model = buildReport({ ...input, redact });
    const report = redact(
      renderReport(model, {
        budget: "unlimited",
        links: { logUrl: SESSION_FILES.log },
        provenance: { version: VERSION },
        redact,
      }).markdown,
    );
    const texts: readonly (readonly [string, string])[] = [
      [SESSION_FILES.report, report],
      [SESSION_FILES.summary, redact(renderSummary(model))],
      [SESSION_FILES.badge, redact(renderBadge(model))],
    ];
    return {
      model,
      report,
      extent: input.table.rowCount + (input.facts?.lines ?? 0),
      files: new Map(texts.map(([name, text]) => [name, Buffer.from(text, "utf8")])),
      renderComment: (links, sourceAgeSeconds) =>
        redact(
          renderReport(model, {
            budget: COMMENT_BUDGET,
            links,
            redact,
            provenance: {
              version: VERSION,
              ...present({ sourceAgeSeconds }),
            },
          }).markdown,
        ),
    };
  };
}

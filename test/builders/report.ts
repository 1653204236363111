import { buildReport, type ReportInput } from "../../src/core/report/build.ts";
import type { ReportModel } from "../../src/core/report/model.ts";
import {
  type RenderedReport,
  type RenderOptions,
  renderReport,
} from "../../src/core/report/render.ts";
import { defaultSettings } from "../../src/core/session/defaults.ts";
import type { SessionSettings } from "../../src/core/session/settings.ts";
import { type Cells, logTable } from "./log-table.ts";

/** Settings of a session, with overrides by part. */
export function sessionSettings(overrides: Partial<SessionSettings> = {}): SessionSettings {
  const settings = defaultSettings();
  return {
    ...settings,
    ...overrides,
    objective: { ...settings.objective, ...overrides.objective },
  };
}

/** The model of a report of rows. */
export function reportModel(
  rows: readonly Cells[],
  overrides: Partial<ReportInput> = {},
): ReportModel {
  return buildReport({
    table: logTable(rows),
    settings: sessionSettings(),
    session: "default",
    stale: [],
    redact: (text) => text,
    ...overrides,
  });
}

/** A report of rows, rendered without a budget unless one is given. */
export function renderedReport(
  rows: readonly Cells[],
  overrides: Partial<ReportInput> = {},
  options: Partial<RenderOptions> = {},
): RenderedReport {
  return renderReport(reportModel(rows, overrides), {
    budget: "unlimited",
    links: {},
    provenance: { version: "0.1.0" },
    redact: (text) => text,
    ...options,
  });
}

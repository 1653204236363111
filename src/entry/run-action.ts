import { applyConfig } from "../core/config/apply-config.ts";
import { issueOf } from "../core/config/event.ts";
import type { ReportedWork } from "../modes/announce.ts";
import { renderBody } from "../modes/announce.ts";
import type { SessionResult } from "../modes/each-session.ts";
import { buildOutputs, describeForPeople } from "../modes/outputs.ts";
import { report } from "../modes/report.ts";
import { sync } from "../modes/sync.ts";
import type { ActionRun } from "./action-run.ts";
import { createActionPorts } from "./wire.ts";

/** Runs the chosen mode and says what it did: outputs, job summary, warnings, failures. */
export async function runAction(run: ActionRun, mode: "sync" | "report"): Promise<void> {
  const { config, reporter } = run;
  const ports = await createActionPorts(run, issueOf(run.event));
  try {
    const overrideSettings = (settings: Parameters<typeof applyConfig>[0]) =>
      applyConfig(settings, config);
    const { createRedactor } = ports;
    const results =
      mode === "sync"
        ? await sync(ports, config.session, { overrideSettings, createRedactor })
        : await report(ports, config.session, { overrideSettings });
    const outputs = buildOutputs(mode, results, ports.announcement.redact);
    for (const [name, value] of Object.entries(outputs)) reporter.output(name, value);
    for (const result of results) await tell(run, ports, result);
  } finally {
    await ports.close();
  }
}

async function tell(
  { reporter, config }: ActionRun,
  { announcement }: Awaited<ReturnType<typeof createActionPorts>>,
  result: SessionResult,
): Promise<void> {
  if (result.kind === "failed") return reporter.fail(result.error);
  const { work, outcome, comment } = result;
  reporter.info(describeForPeople(work, comment));
  for (const warning of outcome?.warnings ?? []) reporter.warning(warning);
  const wantsComment = comment.kind === "skipped" && comment.reason !== "no-issue";
  if (wantsComment)
    reporter.warning(`The log is saved, its report was not posted: ${comment.detail}`);
  if (config.dryRun)
    for (const change of outcome?.changes ?? []) reporter.info(JSON.stringify(change));
  await reporter.summary(summaryOf(work, announcement));
}

function summaryOf(work: ReportedWork, announcement: Parameters<typeof renderBody>[0]): string {
  const { head } = work.update;
  return head === undefined ? work.rendered.report : renderBody(announcement, work, head);
}

import { type ReportedWork, renderBody } from "../modes/announce.ts";
import type { SessionResult } from "../modes/each-session.ts";
import { describeForPeople } from "../modes/outputs.ts";
import type { ActionRun } from "./action-run.ts";
import { tellLaunches } from "./tell-launches.ts";
import type { ActionPorts } from "./wire.ts";

/** Reasons not to post a report that nobody needs to be warned of. */
const EXPECTED: ReadonlySet<string> = new Set(["no-issue", "not-asked"]);

/** Says in the run's log and summary what was done to a session, or fails the run with the reason. */
export async function tellResult(
  { reporter, config }: ActionRun,
  { announcement }: Pick<ActionPorts, "announcement">,
  result: SessionResult,
): Promise<void> {
  if (result.kind === "failed") return reporter.fail(result.error);
  const { work, outcome, comment } = result;
  reporter.info(describeForPeople(work, comment));
  for (const warning of outcome?.warnings ?? []) reporter.warning(warning);
  if (comment.kind === "skipped" && !EXPECTED.has(comment.reason))
    reporter.warning(`The log is saved, its report was not posted: ${comment.detail}`);
  tellLaunches(reporter, result.carried?.launches ?? []);
  if (config.dryRun)
    for (const change of outcome?.changes ?? []) reporter.info(JSON.stringify(change));
  await reporter.summary(summaryOf(work, announcement));
}

function summaryOf(work: ReportedWork, announcement: Parameters<typeof renderBody>[0]): string {
  const { head } = work.update;
  return head === undefined ? work.rendered.report : renderBody(announcement, work, head);
}

import { textFlag } from "../../adapters/cli/flags.ts";
import { printResult } from "../../adapters/cli/output.ts";
import type { Flags } from "../../adapters/cli/program.ts";
import { readRegularFile } from "../../adapters/files/read-file.ts";
import { createQueueSource } from "../../adapters/queue/source.ts";
import { applyConfig } from "../../core/config/apply-config.ts";
import { EXIT } from "../../core/errors.ts";
import { SESSION_FILES } from "../../core/log/columns.ts";
import { defaultSettings } from "../../core/session/defaults.ts";
import type { Change } from "../../core/sync/change.ts";
import { present } from "../../core/text/present.ts";
import { renderNothing, syncSession } from "../../modes/sync-session.ts";
import { createCliContext, describeUpdate } from "./context.ts";

/** `experiment-monitor sync` */
export async function runSync(flags: Flags): Promise<number> {
  const context = await createCliContext(flags);
  const { clock, createRedactor, reporter, session, store } = context;
  const redact = createRedactor(defaultSettings());
  const queue = createQueueSource({
    cwd: process.cwd(),
    env: process.env,
    redact,
    clock,
    readFile: readRegularFile,
  });
  const config = present({ queueStatus: textFlag(flags, "statusJson") });
  const { outcome, update } = await syncSession(
    { store, clock, reporter, queue },
    {
      session,
      overrideSettings: (settings) => applyConfig(settings, config),
      createRedactor,
      render: renderNothing,
      ...present({ owner: textFlag(flags, "owner") }),
    },
  );
  for (const warning of outcome.warnings) reporter.warning(warning);
  printResult({
    log_path: context.pathOf(SESSION_FILES.log),
    synced_jobs: outcome.syncedJobs,
    changed: update.kind !== "unchanged",
    ...countChanges(outcome.changes),
    stale: outcome.stale,
    warnings: outcome.warnings,
    ...describeUpdate(update),
  });
  return EXIT.done;
}

function countChanges(changes: readonly Change[]): Record<Change["kind"], number> {
  const count = (kind: Change["kind"]) => changes.filter((change) => change.kind === kind).length;
  return { added: count("added"), moved: count("moved"), updated: count("updated") };
}

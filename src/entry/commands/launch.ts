import { actorFlag, hasFlag, listFlag } from "../../adapters/cli/flags.ts";
import { printResult } from "../../adapters/cli/output.ts";
import type { Flags } from "../../adapters/cli/program.ts";
import { readRegularFile } from "../../adapters/files/read-file.ts";
import { findRepository } from "../../adapters/git/find-repository.ts";
import { createLauncher } from "../../adapters/launch/launcher.ts";
import { createQueueSource } from "../../adapters/queue/source.ts";
import { sha256 } from "../../adapters/system/sha256.ts";
import { describeLaunched } from "../../core/launch/describe-launched.ts";
import { type LaunchOutcome, launchExitCode } from "../../core/launch/launch-outcome.ts";
import { SESSION_FILES } from "../../core/log/columns.ts";
import type { SessionSettings } from "../../core/session/settings.ts";
import type { Redactor } from "../../core/text/redact.ts";
import { type LaunchPorts, type LaunchReport, launchQueued } from "../../modes/launch.ts";
import { refuseAbsent } from "../../modes/refuse-absent.ts";
import { loadRenderer } from "../../modes/render-files.ts";
import { readSettings } from "../../modes/session-settings.ts";
import { tellLaunches } from "../tell-launches.ts";
import { type CliContext, createCliContext, describeUpdate } from "./context.ts";

/** `experiment-monitor launch` */
export async function runLaunch(flags: Flags): Promise<number> {
  const actor = actorFlag(flags);
  const context = await createCliContext(flags);
  const { session, store } = context;
  const files = await store.read(session, [SESSION_FILES.settings, SESSION_FILES.log]);
  refuseAbsent(session, files);
  const settings = await readSettings(files);
  const redact = context.createRedactor(settings);
  const ids = listFlag(flags, "words");
  const named = { experimentIds: ids, word: { actor, isForced: hasFlag(flags, "force") } };
  const report = await launchQueued(createPorts(context, redact), {
    session,
    settings,
    overrideSettings: (same: SessionSettings) => same,
    redact,
    sha256,
    render: await loadRenderer(context.redact),
    ...(ids.length === 0 ? {} : named),
  });
  if (report.outcomes.length === 0) context.reporter.info("Nothing is queued for launch.");
  tellLaunches(context.reporter, report.outcomes);
  printResult({
    log_path: context.pathOf(SESSION_FILES.log),
    ...describe(report),
    ...(report.update === undefined ? {} : describeUpdate(report.update)),
  });
  return launchExitCode(report.outcomes, ids.length > 0);
}

function createPorts({ store, clock, reporter }: CliContext, redact: Redactor): LaunchPorts {
  const [cwd, env] = [process.cwd(), process.env];
  // Launch commands and configs are named relative to the repository, wherever one stands in it.
  const root = findRepository(cwd) ?? cwd;
  return {
    store,
    clock,
    reporter,
    queue: createQueueSource({ cwd, env, redact, clock, readFile: readRegularFile }),
    launcher: createLauncher({ cwd: root, env, redact }),
  };
}

function describe({ outcomes }: LaunchReport): Record<string, unknown> {
  const reasons = (kind: LaunchOutcome["kind"]) =>
    outcomes.flatMap((outcome) =>
      outcome.kind === kind && outcome.kind !== "launched"
        ? [{ experiment_id: outcome.experimentId, reason: outcome.reason }]
        : [],
    );
  return {
    launched: describeLaunched(outcomes),
    refused: reasons("refused"),
    failed: reasons("failed"),
    unknown: reasons("unknown"),
    not_started: reasons("not-started"),
  };
}

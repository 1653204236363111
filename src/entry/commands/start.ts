import { hasFlag, numberFlag, textFlag, wholeFlag } from "../../adapters/cli/flags.ts";
import { printResult } from "../../adapters/cli/output.ts";
import type { Flags } from "../../adapters/cli/program.ts";
import { createSystemClock } from "../../adapters/system/clock.ts";
import { EXIT, InputError } from "../../core/errors.ts";
import { type ObjectiveMode, SESSION_FILES } from "../../core/log/columns.ts";
import { queueKind } from "../../core/queue/kinds.ts";
import { DRIVER_SETUP } from "../../core/session/git-attributes.ts";
import { present } from "../../core/text/present.ts";
import { type StartRequest, start } from "../../modes/start.ts";
import { createCliContext, describeUpdate } from "./context.ts";

/** The JSON Schema of session.yml, where editors find it. */
const SCHEMA =
  "https://raw.githubusercontent.com/experiment-monitor/experiment-monitor/v1/schema/session.schema.json";

const MERGE_DRIVER = `.gitattributes says how git merges logs. Once in every clone, run:
${DRIVER_SETUP}`;

/** `experiment-monitor start` */
export async function runStart(flags: Flags): Promise<number> {
  const demand = demandOf(flags);
  const session = textFlag(flags, "name") ?? defaultName(createSystemClock().now());
  const context = await createCliContext(flags, session);
  const queue = textFlag(flags, "queue");
  const { mode, update, addedAttributes } = await start(context.store, {
    session: context.session,
    demand,
    objective: present({
      metric: textFlag(flags, "objectiveMetric"),
      mode: textFlag(flags, "objectiveMode") as ObjectiveMode | undefined,
      target: numberFlag(flags, "objectiveTarget"),
    }),
    issue: wholeFlag(flags, "issue", 1),
    queueKind: queue === undefined ? undefined : queueKind(queue).name,
    schema: SCHEMA,
    redact: context.redact,
    experimentsPath: context.experimentsPath,
  });
  if (addedAttributes) context.reporter.info(MERGE_DRIVER);
  printResult({
    mode,
    experiment_name: context.session,
    experiment_dir: context.sessionFolder,
    log_path: context.pathOf(SESSION_FILES.log),
    report_path: context.pathOf(SESSION_FILES.report),
    ...describeUpdate(update),
  });
  return EXIT.done;
}

function demandOf(flags: Flags): StartRequest["demand"] {
  const [isNew, isResume] = [hasFlag(flags, "new"), hasFlag(flags, "resume")];
  if (isNew && isResume)
    throw new InputError("--new and --resume were both given; pass at most one");
  if (isResume && textFlag(flags, "name") === undefined) {
    throw new InputError("--resume needs --name: which session is to be resumed?");
  }
  if (isNew) return "new";
  return isResume ? "resume" : "either";
}

/** `2026-11-23T09:30:00Z` → `experiment-20261123-093000` */
function defaultName(now: string): string {
  const [date = "", time = ""] = now.replace("Z", "").replace(/[-:]/g, "").split("T");
  return `experiment-${date}-${time}`;
}

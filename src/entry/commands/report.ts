import { textFlag, wholeFlag } from "../../adapters/cli/flags.ts";
import { printResult } from "../../adapters/cli/output.ts";
import type { Flags } from "../../adapters/cli/program.ts";
import { sha256 } from "../../adapters/system/sha256.ts";
import { EXIT } from "../../core/errors.ts";
import { type ObjectiveMode, SESSION_FILES } from "../../core/log/columns.ts";
import { present } from "../../core/text/present.ts";
import { reportSession } from "../../modes/report.ts";
import { createCliContext, describeUpdate } from "./context.ts";

/** `experiment-monitor report` */
export async function runReport(flags: Flags): Promise<number> {
  const context = await createCliContext(flags);
  const mode = textFlag(flags, "objectiveMode");
  const { rendered, update } = await reportSession(context.store, {
    session: context.session,
    overrideSettings: (settings) => settings,
    sha256,
    redact: context.redact,
    ...present({
      title: textFlag(flags, "title"),
      maxRows: wholeFlag(flags, "maxRows", 0),
      objectiveModeOverride: mode === "auto" ? undefined : (mode as ObjectiveMode | undefined),
    }),
  });
  printResult({
    report_path: context.pathOf(SESSION_FILES.report),
    rows: rendered.model.total,
    ...describeUpdate(update),
  });
  return EXIT.done;
}

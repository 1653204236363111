import { numberFlag, textFlag } from "../../adapters/cli/flags.ts";
import { readMetricFlags } from "../../adapters/cli/metric-flags.ts";
import { printResult } from "../../adapters/cli/output.ts";
import type { Flags } from "../../adapters/cli/program.ts";
import { EXIT, InputError } from "../../core/errors.ts";
import { type Column, SESSION_FILES } from "../../core/log/columns.ts";
import type { RowPatch } from "../../core/log/table.ts";
import { quoteUntrusted } from "../../core/text/safe-log.ts";
import { parseInstant } from "../../core/text/time.ts";
import { upsertExperiment } from "../../modes/upsert.ts";
import { createCliContext, describeUpdate } from "./context.ts";

/** Flag → column, for flags that are texts. */
const TEXT_FLAGS: Readonly<Record<string, Column>> = {
  parentExperimentId: "parent_experiment_id",
  queueJobId: "queue_job_id",
  status: "status",
  taskKey: "task_key",
  command: "command",
  configPath: "config_path",
  runDir: "run_dir",
  objectiveMetric: "objective_metric",
  objectiveMode: "objective_mode",
  hypothesis: "hypothesis",
  changeSummary: "change_summary",
  resultSummary: "result_summary",
  nextAction: "next_action",
  owner: "owner",
  notes: "notes",
};

const TIME_FLAGS: Readonly<Record<string, Column>> = {
  startedAt: "started_at",
  endedAt: "ended_at",
};

/** `experiment-monitor upsert` */
export async function runUpsert(flags: Flags): Promise<number> {
  const experimentId = parseExperimentId(textFlag(flags, "experimentId"));
  const metrics = await readMetricFlags(flags);
  const context = await createCliContext(flags);
  const update = await upsertExperiment(context, {
    session: context.session,
    experimentId,
    patch: readPatch(flags),
    metrics,
    createRedactor: context.createRedactor,
  });
  printResult({
    experiment_id: experimentId,
    log_path: context.pathOf(SESSION_FILES.log),
    mode: update.value,
    ...describeUpdate(update),
  });
  return EXIT.done;
}

/** An id is one line without white space at its ends. */
function parseExperimentId(text: string | undefined): string {
  const id = text ?? "";
  if (id !== "" && id === id.trim() && id.length <= 200 && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(id))
    return id;
  throw new InputError(
    `--experiment-id is ${quoteUntrusted(id)}, expected 1 to 200 characters on one line`,
  );
}

function readPatch(flags: Flags): RowPatch {
  const patch: Partial<Record<Column, string>> = {};
  for (const [flag, column] of Object.entries(TEXT_FLAGS)) {
    const text = textFlag(flags, flag);
    if (text !== undefined) patch[column] = text;
  }
  for (const [flag, column] of Object.entries(TIME_FLAGS)) {
    const text = textFlag(flags, flag);
    if (text !== undefined) patch[column] = checkTime(text, column);
  }
  const value = numberFlag(flags, "objectiveValue");
  if (value !== undefined) patch.objective_value = String(value);
  return patch;
}

function checkTime(text: string, column: Column): string {
  if (parseInstant(text) !== undefined) return text;
  throw new InputError(
    `--${column.replace("_", "-")} is ${quoteUntrusted(text)}, expected ISO 8601 such as 2026-11-23T09:30:00Z`,
  );
}

import type { Failure } from "../queue/observation.ts";
import { metricsOf, objectiveOf, type RowEdit } from "./row-edit.ts";

const CLASS_PREFIX = /^(?:oom|infra|timeout|exit -?\d+|killed|diverged):/;

/** Longest outcome the machine writes, in characters. */
const MAX_LENGTH = 500;

/** Whether a `result_summary` begins with a failure class, that is, was written by the machine. */
export function hasFailureClass(summary: string): boolean {
  return CLASS_PREFIX.test(summary);
}

/** One line of outcome for a job that failed, was cancelled or diverged; nothing for a plain success. */
export function outcomeSummary(edit: RowEdit): string | undefined {
  const { draft, row, observation } = edit;
  if (observation.status === "queued" || observation.status === "running") return undefined;
  if (!draft.isEmpty(row, "result_summary")) return undefined;
  const failure = diverged(edit) ?? observation.failure;
  const text = failure === undefined ? observation.cancelReason : describeFailure(failure);
  // Redacted before the cut, which could leave of a secret a piece that is not known for one.
  return text === undefined ? undefined : shorten(edit.input.redact(text));
}

/** `class: detail`, the class of docs/log.md, "Failure classes", first. */
export function describeFailure(failure: Failure): string {
  const name = failure.class === "exit" ? `exit ${failure.exitCode}` : failure.class;
  return failure.detail === "" ? `${name}: no reason given` : `${name}: ${failure.detail}`;
}

/** A value that is not finite explains a crash better than its exit code, but not an outage. */
function diverged(edit: RowEdit): Failure | undefined {
  const { observation } = edit;
  const failedOtherwise = observation.failure !== undefined && observation.failure.class !== "exit";
  if (failedOtherwise || observation.status === "cancelled") return undefined;
  const metric = objectiveOf(edit);
  const value = metricsOf(edit)?.get(metric);
  if (value === undefined || Number.isFinite(value)) return undefined;
  return { class: "diverged", detail: `${metric} is not a finite number` };
}

function shorten(text: string): string {
  const characters = [...text.slice(0, 2 * MAX_LENGTH + 2)];
  return characters.length > MAX_LENGTH ? `${characters.slice(0, MAX_LENGTH - 1).join("")}…` : text;
}

const CLASS = /^(oom|infra|timeout|killed|diverged|exit -?\d+)(?=:|$)/;

/** The class of a failure whose `result_summary` names none. */
export const UNCLASSIFIED = "unclassified";

/** The failure class a `result_summary` begins with: `oom`, `infra`, `timeout`, `exit N`, `killed`, `diverged`. */
export function failureClassOf(resultSummary: string): string {
  return CLASS.exec(resultSummary)?.[1] ?? UNCLASSIFIED;
}

/** The last line of a `result_summary` that holds text, without the class it begins with. */
export function lastErrorLine(resultSummary: string): string {
  const failureClass = failureClassOf(resultSummary);
  const text =
    failureClass === UNCLASSIFIED ? resultSummary : resultSummary.slice(failureClass.length + 1);
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  return lines.findLast((line) => line !== "") ?? "";
}

/** Infra failures (orphaned, node fail, preempted) are never scientific results and count for no stop criterion. */
export function isInfraFailure(resultSummary: string): boolean {
  return resultSummary.startsWith("infra") && failureClassOf(resultSummary) === "infra";
}

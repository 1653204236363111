import type { Finding } from "./review.ts";

const LEVELS = ["error", "warning"] as const satisfies readonly Finding["level"][];

/** How many there are: `2 errors and 1 warning`; nothing for none. */
export function countFindings(findings: readonly Finding[]): string | undefined {
  const counts = LEVELS.flatMap((level) => {
    const count = findings.filter((finding) => finding.level === level).length;
    return count === 0 ? [] : [`${count} ${level}${count === 1 ? "" : "s"}`];
  });
  return counts.length === 0 ? undefined : counts.join(" and ");
}

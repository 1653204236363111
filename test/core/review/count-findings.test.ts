import { expect, test } from "vitest";
import { countFindings } from "../../../src/core/review/count-findings.ts";
import { finding } from "../../builders/review.ts";

test.each([
  [0, 0, undefined],
  [1, 0, "1 error"],
  [2, 1, "2 errors and 1 warning"],
  [0, 3, "3 warnings"],
])("%s errors and %s warnings are counted as %j", (errors, warnings, count) => {
  const findings = [
    ...Array.from({ length: warnings }, () => finding({ level: "warning" })),
    ...Array.from({ length: errors }, () => finding()),
  ];
  expect(countFindings(findings)).toBe(count);
});

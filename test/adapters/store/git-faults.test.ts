import { describe } from "vitest";
import { declareFaultTests } from "./fault-matrix.ts";

describe("a push over git ends as without a fault", () => {
  declareFaultTests({ transport: "git", commit: "push", branch: "main" });
});

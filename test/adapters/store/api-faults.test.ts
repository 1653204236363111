import { describe } from "vitest";
import { declareFaultTests } from "./fault-matrix.ts";

describe("a push over api ends as without a fault", () => {
  declareFaultTests({ transport: "api", commit: "push", branch: "main" });
});

import { describe } from "vitest";
import { BRANCH, declareFaultTests } from "./fault-matrix.ts";

describe("a pull request over api ends as without a fault", () => {
  declareFaultTests({ transport: "api", commit: "pull-request", branch: BRANCH });
});

import { afterEach, expect, test, vi } from "vitest";
import { readInputs } from "../../../src/adapters/actions/inputs.ts";
import { INPUT_NAMES } from "../../../src/core/config/inputs.ts";
import { parseConfig } from "../../../src/core/config/parse-config.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

test("inputs are read by the names of action.yml, as the runner spells them", () => {
  vi.stubEnv("INPUT_QUEUE-STATUS", " status.json ");
  vi.stubEnv("INPUT_DRY-RUN", "true");
  const inputs = readInputs();
  expect(Object.keys(inputs)).toEqual(INPUT_NAMES);
  expect(inputs).toMatchObject({ "queue-status": "status.json", "dry-run": "true", session: "" });
  expect(parseConfig(inputs)).toMatchObject({ queueStatus: "status.json", dryRun: true });
});

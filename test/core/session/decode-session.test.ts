import { expect, test } from "vitest";
import { decodeSessionLedger, decodeSessionLog } from "../../../src/core/session/decode-session.ts";
import { decodeSessionSettings } from "../../../src/core/session/decode-session-settings.ts";
import { defaultSettings } from "../../../src/core/session/defaults.ts";

const NONE = { folder: "experiments/mnist", files: new Map() };

test("a session without files has an empty log, an empty ledger and the default settings", () => {
  expect(decodeSessionLog(NONE).rowCount).toBe(0);
  expect(decodeSessionLedger(NONE).entries).toEqual([]);
  expect(decodeSessionSettings(NONE)).toEqual(defaultSettings());
});

test("what is wrong with a file names where it stands", () => {
  const broken = Buffer.from('"');
  const names = ["experiment_log.csv", "command_log.csv", "session.yml"];
  const session = { ...NONE, files: new Map(names.map((name) => [name, broken])) };
  expect(() => decodeSessionLog(session)).toThrow("experiments/mnist/experiment_log.csv:1");
  expect(() => decodeSessionLedger(session)).toThrow("experiments/mnist/command_log.csv");
  const paths = new Map([["session.yml", "elsewhere/session.yml"]]);
  expect(() => decodeSessionSettings({ ...session, paths })).toThrow("elsewhere/session.yml:1");
});

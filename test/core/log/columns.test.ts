import { expect, it } from "vitest";
import { isSession, isSessionFile } from "../../../src/core/log/columns.ts";

it.each([
  "session.yml",
  "experiment_log.csv",
  "experiment_report.md",
  "command_log.csv",
  "summary.json",
  "badge.json",
])("%s is a file of a session", (name) => {
  expect(isSessionFile(name)).toBe(true);
});

it.each(["", "notes.md", "log", "Session.yml", "experiment_log.csv.bak", "runs"])(
  "%j is no file of a session",
  (name) => {
    expect(isSessionFile(name)).toBe(false);
  },
);

it.each([
  [["session.yml", "notes.md"], true],
  [["experiment_log.csv"], true],
  [["command_log.csv", "experiment_report.md"], false],
  [[], false],
])("a folder with %j is a session: %s", (names, is) => {
  expect(isSession(names)).toBe(is);
});

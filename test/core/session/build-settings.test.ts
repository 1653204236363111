import { expect, test } from "vitest";
import { buildSettings } from "../../../src/core/session/build-settings.ts";
import { defaultSettings } from "../../../src/core/session/defaults.ts";

test("a document without keys, or with keys without values, is the defaults", () => {
  expect(buildSettings({})).toEqual(defaultSettings());
  const empty = { objective: undefined, queue: { include: { task_key: undefined } }, stop: {} };
  expect(buildSettings(empty)).toEqual(defaultSettings());
});

test("a command line that cannot be split is taken for one program's name", () => {
  const { status } = buildSettings({ queue: { status: "xax 'queue" } }).queue;
  expect(status).toEqual({ kind: "command", argv: ["xax 'queue"] });
});

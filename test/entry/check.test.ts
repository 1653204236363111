import { expect, test } from "vitest";
import { runCheck } from "../../src/entry/commands/check.ts";

test.each(["", " "])("check refuses the empty revision %j instead of reviewing nothing", (base) =>
  expect(runCheck({ base })).rejects.toThrow("--base is empty, expected a branch"),
);

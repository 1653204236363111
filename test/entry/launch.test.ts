import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runLaunch } from "../../src/entry/commands/launch.ts";

test("launch refuses a session that does not exist, and makes none", async () => {
  const folder = await mkdtemp(join(tmpdir(), "launch-"));
  const flags = { experimentsDir: folder, experimentName: "typo", actor: "ada" };
  await expect(runLaunch(flags)).rejects.toThrow("there is no session typo");
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});

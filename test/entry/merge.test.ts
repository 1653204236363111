import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { failMerge, runMerge } from "../../src/entry/commands/merge.ts";
import { logText } from "../builders/log.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "merge-"));
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

test("a merge that fails leaves a marker in git's temporary file", async () => {
  const log = logText([{}]);
  const words = [
    await file(".merge_file_a1B2c3", log),
    await file(".merge_file_d4E5f6", log),
    await file(".merge_file_g7H8i9", `${log}x,"open\n`),
    "experiment_log.csv",
  ];
  expect(await runMerge({ words })).toBeGreaterThan(128);
  expect(await readFile(String(words[1]), "utf8")).toMatch(/^<<<<<<< .*\n/);
});

test("wrong arguments leave a marker in git's files and none in a person's", async () => {
  const log = logText([{}]);
  const [made, own] = [await file(".merge_file_a1B2c3", log), await file("ours.csv", log)];
  expect(await failMerge([own, made])).toBeGreaterThan(128);
  expect(await readFile(made, "utf8")).toMatch(/^<<<<<<< .*\n/);
  expect(await readFile(own, "utf8")).toBe(log);
});

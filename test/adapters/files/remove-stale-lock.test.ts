import { existsSync } from "node:fs";
import { mkdir, readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { removeStaleLock } from "../../../src/adapters/files/remove-stale-lock.ts";
import { tempFolder } from "./temp-folder.ts";

const STALE_MS = 10_000;
const OLD = 1_700_000_000;

async function folderWith(locks: Readonly<Record<string, "fresh" | "stale">>): Promise<string> {
  const folder = await tempFolder();
  for (const [name, age] of Object.entries(locks)) {
    await mkdir(join(folder, name));
    if (age === "stale") await utimes(join(folder, name), OLD, OLD);
  }
  return folder;
}

test("a stale lock is removed, and nothing is left of the removal", async () => {
  const folder = await folderWith({ lock: "stale" });
  await removeStaleLock(join(folder, "lock"), STALE_MS);
  expect(await readdir(folder)).toEqual([]);
});

test("a lock that another process has made meanwhile stays", async () => {
  const folder = await folderWith({ lock: "fresh" });
  const removed = removeStaleLock(join(folder, "lock"), STALE_MS);
  await expect(removed).rejects.toMatchObject({ code: "ELOCKED" });
  expect(await readdir(folder)).toEqual(["lock"]);
});

test("a stale lock stays while another process removes it", async () => {
  const folder = await folderWith({ lock: "stale", "lock.removing": "fresh" });
  const removed = removeStaleLock(join(folder, "lock"), STALE_MS);
  await expect(removed).rejects.toMatchObject({ code: "ELOCKED" });
  expect((await readdir(folder)).sort()).toEqual(["lock", "lock.removing"]);
});

test("the turn of a process that was killed at it is free for the next attempt", async () => {
  const folder = await folderWith({ lock: "stale", "lock.removing": "stale" });
  const remove = () => removeStaleLock(join(folder, "lock"), STALE_MS);
  await expect(remove()).rejects.toMatchObject({ code: "ELOCKED" });
  await remove();
  expect(await readdir(folder)).toEqual([]);
});

test("of several that remove at once one alone does", async () => {
  const folder = await folderWith({ lock: "stale" });
  const all = Array.from({ length: 8 }, () => removeStaleLock(join(folder, "lock"), STALE_MS));
  const results = await Promise.allSettled(all);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(existsSync(join(folder, "lock"))).toBe(false);
});

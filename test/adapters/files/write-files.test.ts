import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { createFileLogStore } from "../../../src/adapters/files/log-store.ts";
import type { Edit } from "../../../src/ports/log-store.ts";
import { buildProgram } from "../../support/build-program.ts";
import { tempFolder } from "./temp-folder.ts";

const NAMES = ["experiment_log.csv", "command_log.csv", "session.yml"] as const;
const JOURNAL = ".experiment_log.csv.journal";
const LOCK = ".experiment-monitor.lock";
/** The journal, the three files, and the end of the journal. */
const STEPS = [1, 2, 3, 4, 5];

let program: string;

beforeAll(async () => {
  program = await buildProgram(join(import.meta.dirname, "write-three.ts"));
});

/** Adds a text to each of the three files, in a process that is killed before a step of it. */
async function addKilled(root: string, text: string, step: number): Promise<void> {
  const args = [program, root, text, String(step)];
  const [, signal] = await once(spawn(process.execPath, args, { stdio: "inherit" }), "exit");
  expect(signal).toBe("SIGKILL");
  // Nobody else waits for it, so that nobody needs to find out that it is stale.
  await rm(join(root, "experiments/lr", LOCK), { recursive: true });
}

async function sceneOf(text: string | undefined) {
  const root = await tempFolder();
  const folder = join(root, "experiments/lr");
  await mkdir(folder, { recursive: true });
  if (text !== undefined)
    await Promise.all(NAMES.map((name) => writeFile(join(folder, name), text)));
  const store = createFileLogStore({ root, experimentsDir: "experiments", dryRun: false });
  return {
    root,
    folder,
    store,
    stored: async () => textsOf((await store.read("lr")).files),
    file: (name: string) => readFile(join(folder, name), "utf8"),
  };
}

function textsOf(files: ReadonlyMap<string, Uint8Array>): readonly string[] {
  return NAMES.map((name) => Buffer.from(files.get(name) ?? "").toString());
}

/** Adds a text to each of the three files, and says what was there. */
const adding =
  (text: string): Edit<readonly string[]> =>
  ({ files }) => ({
    files: new Map(
      NAMES.map((name) => [name, Buffer.from(`${Buffer.from(files.get(name) ?? "")}${text}`)]),
    ),
    message: { headline: "", body: "" },
    value: textsOf(files),
  });

describe.each([["of files that were there", "0"] as const, ["of new files", undefined] as const])(
  "a write %s by a process that is killed",
  (_name, text) => {
    test.each(STEPS)("before its step %i is done as a whole or not at all", async (step) => {
      const { root, folder, store, stored } = await sceneOf(text);
      await addKilled(root, "1", step);
      const whole = `${text ?? ""}${step === 1 ? "" : "1"}`;
      expect(await stored()).toEqual([whole, whole, whole]);
      const { value } = await store.update("lr", adding("2"));
      expect(value).toEqual([whole, whole, whole]);
      expect(await stored()).toEqual([`${whole}2`, `${whole}2`, `${whole}2`]);
      // But for temporary files of the process that was killed, which end with a number.
      const left = (await readdir(folder)).filter((name) => !/\.\d+$/.test(name));
      expect(left.sort()).toEqual([...NAMES].sort());
    });
  },
);

test("an edit that changes nothing completes what was left half done", async () => {
  const { root, store, file } = await sceneOf("0");
  await addKilled(root, "1", 3);
  expect(await file("session.yml")).toBe("0");
  const same: Edit<undefined> = ({ files }) => ({
    files,
    message: { headline: "", body: "" },
    value: undefined,
  });
  expect(await store.update("lr", same)).toMatchObject({ kind: "unchanged" });
  expect(await file("session.yml")).toBe("01");
});

test("a dry run sees the write as completed, and leaves everything as it is", async () => {
  const { root, file } = await sceneOf("0");
  await addKilled(root, "1", 3);
  const store = createFileLogStore({ root, experimentsDir: "experiments", dryRun: true });
  expect((await store.update("lr", adding("2"))).value).toEqual(["01", "01", "01"]);
  expect(await file("session.yml")).toBe("0");
  await file(JOURNAL);
});

test("a file that a person has changed since is not overwritten: everything stays, and is named", async () => {
  const { root, folder, store, file } = await sceneOf("0");
  await addKilled(root, "1", 3);
  await writeFile(join(folder, "session.yml"), "mine");
  const attempt = () => store.update("lr", adding("2"));
  await expect(attempt()).rejects.toThrow(
    "experiments/lr/.experiment_log.csv.journal: an earlier write was cut off, and experiments/lr/session.yml was changed since; nothing was written.",
  );
  await writeFile(join(folder, "command_log.csv"), "mine too");
  await expect(attempt()).rejects.toThrow(
    "experiments/lr/command_log.csv, experiments/lr/session.yml were changed since",
  );
  expect(await file("session.yml")).toBe("mine");
  expect(await file(JOURNAL)).toMatch(/\n010101$/);
  expect((await store.read("lr")).files.get("session.yml")?.toString()).toBe("mine");
  await rm(join(folder, JOURNAL));
  expect((await attempt()).value).toEqual(["01", "mine too", "mine"]);
});

test.each([
  ["in its contents", (text: string) => text.slice(0, -1)],
  ["in its first line", (text: string) => text.slice(0, 20)],
  ["before its first letter", () => ""],
  ["of another make", (text: string) => text.replace(/"name":"\w+/, '"name":1,"x":"')],
  ["of no list", (text: string) => text.replace(/"files":.*\]/, '"files":1')],
])("a journal that is torn %s is dropped: nothing had been done", async (_name, tear) => {
  const { root, folder, store, file } = await sceneOf("0");
  await addKilled(root, "1", 2);
  await writeFile(join(folder, JOURNAL), tear(await file(JOURNAL)));
  expect((await store.update("lr", adding("2"))).value).toEqual(["0", "0", "0"]);
  await expect(stat(join(folder, JOURNAL))).rejects.toThrow("ENOENT");
});

test("a journal that came with a clone is dropped: whoever committed it would write past every review", async () => {
  const { root } = await sceneOf("0");
  await addKilled(root, "1", 2);
  const clone = await sceneOf("0");
  await cp(join(root, "experiments/lr", JOURNAL), join(clone.folder, JOURNAL));
  expect(await clone.stored()).toEqual(["0", "0", "0"]);
  expect((await clone.store.update("lr", adding("2"))).value).toEqual(["0", "0", "0"]);
  await expect(stat(join(clone.folder, JOURNAL))).rejects.toThrow("ENOENT");
});

test("a journal that is no file stops the write", async () => {
  const { folder, store } = await sceneOf("0");
  await mkdir(join(folder, JOURNAL));
  await expect(store.update("lr", adding("2"))).rejects.toThrow("is not a regular file");
});

test("a report that was changed since, or stands elsewhere, is left as it is: it is rendered anew", async () => {
  const { folder, store, file } = await sceneOf("0");
  const report = { name: "experiment_report.md", path: "experiment_report.md", size: 1 };
  const elsewhere = { name: "summary.json", path: "../summary.json", size: 1 };
  const { dev, ino } = await stat(folder);
  const head = { folder: `${dev}:${ino}`, files: [report, elsewhere] };
  await writeFile(join(folder, JOURNAL), `${JSON.stringify(head)}\nab`);
  await writeFile(join(folder, "experiment_report.md"), "mine");
  await store.update("lr", adding("2"));
  expect(await file("experiment_report.md")).toBe("mine");
  expect((await readdir(folder)).sort()).toEqual([...NAMES, "experiment_report.md"].sort());
});

test("a write that fails takes back what it has done, also of what the edit was not shown", async () => {
  const { root, folder, file } = await sceneOf("0");
  await writeFile(join(root, "attributes"), "mine");
  await writeFile(join(root, "file"), "");
  const paths = new Map([
    [".gitattributes", join(root, "attributes")],
    ["summary.json", join(root, "file", "summary.json")],
  ]);
  const store = createFileLogStore({ root, experimentsDir: "experiments", paths, dryRun: false });
  const edit: Edit<undefined> = () => ({
    files: new Map(
      ["experiment_log.csv", "badge.json", ".gitattributes", "summary.json"].map((name) => [
        name,
        Buffer.from("new"),
      ]),
    ),
    message: { headline: "", body: "" },
    value: undefined,
  });
  await expect(store.update("lr", edit)).rejects.toThrow(/summary\.json cannot be written/);
  expect(await file("experiment_log.csv")).toBe("0");
  expect(await readFile(join(root, "attributes"), "utf8")).toBe("mine");
  expect((await readdir(folder)).sort()).toEqual([...NAMES].sort());
});

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmod,
  mkdir,
  readdir,
  readFile,
  stat,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { createFileLogStore } from "../../../src/adapters/files/log-store.ts";
import { InputError, LogError } from "../../../src/core/errors.ts";
import type { Edit } from "../../../src/ports/log-store.ts";
import { buildProgram } from "../../support/build-program.ts";
import { tempFolder } from "./temp-folder.ts";

const LOG = "experiment_log.csv";

function storeIn(root: string, overrides: { dryRun?: boolean; paths?: Map<string, string> } = {}) {
  return createFileLogStore({ root, experimentsDir: "experiments", dryRun: false, ...overrides });
}

/** Sets files to texts and keeps the others. */
function setting(texts: Record<string, string>): Edit<string> {
  return ({ files }) => ({
    files: new Map([
      ...files,
      ...Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)] as const),
    ]),
    message: { headline: "", body: "" },
    value: "done",
  });
}

async function rootWith(files: Record<string, string>): Promise<string> {
  const root = await tempFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, ".."), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

describe("sessions of a working tree", () => {
  test("are the folders with a log or a session.yml, sorted", async () => {
    const root = await rootWith({
      "experiments/b/experiment_log.csv": "",
      "experiments/a/session.yml": "",
      "experiments/notes/readme.md": "",
      "experiments/Upper/session.yml": "",
      "experiments/file": "",
    });
    expect(await storeIn(root).sessions()).toEqual(["a", "b"]);
  });

  test("are none without an experiments directory", async () => {
    expect(await storeIn(await tempFolder()).sessions()).toEqual([]);
  });
});

describe("reading a session", () => {
  test("gives its own files and no others", async () => {
    const root = await rootWith({
      "experiments/lr/experiment_log.csv": "a",
      "experiments/lr/session.yml": "b",
      "experiments/lr/checkpoint.bin": "c",
    });
    const { folder, files } = await storeIn(root).read("lr");
    expect(folder).toBe("experiments/lr");
    expect(Object.fromEntries([...files].map(([name, bytes]) => [name, bytes.toString()]))).toEqual(
      {
        "experiment_log.csv": "a",
        "session.yml": "b",
      },
    );
  });

  test("of an absent folder gives no files", async () => {
    const { files } = await storeIn(await tempFolder()).read("lr");
    expect(files.size).toBe(0);
  });

  test.each(["..", "../x", "a/b", "CON", ""])("of the name %j is refused", async (name) => {
    const store = storeIn(await tempFolder());
    await expect(store.read(name)).rejects.toThrow(InputError);
    await expect(store.update(name, setting({}))).rejects.toThrow(InputError);
  });
});

describe("what is not a plain file in a plain folder is refused, and nothing is written", () => {
  const refuses = async (root: string, expected: unknown, sentence: string) => {
    for (const action of [
      () => storeIn(root).read("lr"),
      () => storeIn(root).update("lr", setting({ [LOG]: "new" })),
      () => storeIn(root, { dryRun: true }).update("lr", setting({ [LOG]: "new" })),
    ]) {
      await expect(action()).rejects.toBeInstanceOf(expected);
      await expect(action()).rejects.toThrow(sentence);
    }
  };

  test("a log that is a symbolic link", async () => {
    const root = await rootWith({ "elsewhere.csv": "old", "experiments/lr/session.yml": "" });
    await symlink("../../elsewhere.csv", join(root, "experiments/lr", LOG));
    await refuses(root, LogError, "experiments/lr/experiment_log.csv: is a symbolic link");
    expect(await readFile(join(root, "elsewhere.csv"), "utf8")).toBe("old");
  });

  test("a log that is a folder or a named pipe", async () => {
    const root = await rootWith({ "experiments/lr/session.yml": "" });
    await mkdir(join(root, "experiments/lr", LOG));
    await refuses(root, LogError, "is not a regular file");
    const other = await rootWith({ "experiments/lr/session.yml": "" });
    execFileSync("mkfifo", [join(other, "experiments/lr", LOG)]);
    await refuses(other, LogError, "is not a regular file");
  });

  test("a log above 100 MB", async () => {
    const root = await rootWith({ "experiments/lr/experiment_log.csv": "" });
    await truncate(join(root, "experiments/lr", LOG), 100 * 1024 * 1024 + 1);
    await refuses(root, LogError, "is larger than 100 MB");
  });

  test("a session folder that is a symbolic link", async () => {
    const root = await rootWith({
      "outside/experiment_log.csv": "old",
      "experiments/a/session.yml": "",
    });
    await symlink("../outside", join(root, "experiments/lr"));
    await refuses(root, InputError, "is a symbolic link");
    expect(await readFile(join(root, "outside", LOG), "utf8")).toBe("old");
  });

  test("an experiments directory that leads out of the repository", async () => {
    const root = await tempFolder();
    const outside = await rootWith({ "lr/experiment_log.csv": "old" });
    await symlink(outside, join(root, "experiments"));
    await refuses(root, InputError, "leads out of");
  });
});

test("reading the newest files of an absent session makes no folder", async () => {
  const root = await tempFolder();
  expect((await storeIn(root).readNewest("lr")).files.size).toBe(0);
  await expect(stat(join(root, "experiments"))).rejects.toThrow("ENOENT");
});

describe("an update", () => {
  test("creates the folder and writes every file", async () => {
    const root = await tempFolder();
    const update = await storeIn(root).update(
      "lr",
      setting({ [LOG]: "a\n", "summary.json": "{}" }),
    );
    expect(update).toEqual({
      kind: "written",
      value: "done",
      files: ["experiments/lr/experiment_log.csv", "experiments/lr/summary.json"],
      head: undefined,
    });
    expect(await readFile(join(root, "experiments/lr", LOG), "utf8")).toBe("a\n");
  });

  test("that changes nothing writes nothing", async () => {
    const root = await rootWith({ "experiments/lr/experiment_log.csv": "a" });
    const before = await stat(join(root, "experiments/lr", LOG));
    expect(await storeIn(root).update("lr", setting({ [LOG]: "a" }))).toMatchObject({
      kind: "unchanged",
    });
    const after = await stat(join(root, "experiments/lr", LOG));
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  });

  test("writes only the files that changed, and keeps their mode", async () => {
    const root = await rootWith({
      "experiments/lr/experiment_log.csv": "a",
      "experiments/lr/session.yml": "b",
    });
    await chmod(join(root, "experiments/lr", LOG), 0o640);
    const untouched = await stat(join(root, "experiments/lr/session.yml"));
    const update = await storeIn(root).update("lr", setting({ [LOG]: "aa", "session.yml": "b" }));
    expect(update).toMatchObject({ kind: "written", files: ["experiments/lr/experiment_log.csv"] });
    expect((await stat(join(root, "experiments/lr", LOG))).mode & 0o777).toBe(0o640);
    expect((await stat(join(root, "experiments/lr/session.yml"))).ino).toBe(untouched.ino);
  });

  test("of a dry run only says what it would write", async () => {
    const root = await rootWith({ "experiments/lr/experiment_log.csv": "a" });
    const update = await storeIn(root, { dryRun: true }).update("lr", setting({ [LOG]: "b" }));
    expect(update).toMatchObject({ kind: "planned", files: ["experiments/lr/experiment_log.csv"] });
    expect(await readFile(join(root, "experiments/lr", LOG), "utf8")).toBe("a");
    await storeIn(root, { dryRun: true }).update("new", setting({ [LOG]: "b" }));
    expect(await readdir(join(root, "experiments"))).toEqual(["lr"]);
  });

  test("whose edit throws leaves everything as it was, and the folder free", async () => {
    const root = await rootWith({ "experiments/lr/experiment_log.csv": "a" });
    const failing: Edit<string> = () => {
      throw new Error("refused by the rules");
    };
    await expect(storeIn(root).update("lr", failing)).rejects.toThrow("refused by the rules");
    expect(await readdir(join(root, "experiments/lr"))).toEqual([LOG]);
  });

  test("writes a log to the path that was asked for", async () => {
    const root = await tempFolder();
    const paths = new Map([[LOG, join(root, "elsewhere", "log.csv")]]);
    await storeIn(root, { paths }).update("lr", setting({ [LOG]: "a" }));
    expect(await readFile(join(root, "elsewhere", "log.csv"), "utf8")).toBe("a");
    const { files } = await storeIn(root, { paths }).read("lr");
    expect(files.get(LOG)?.toString()).toBe("a");
  });

  test("leaves nothing that git would list", async () => {
    const root = await tempFolder();
    execFileSync("git", ["init", "-q", root]);
    await storeIn(root).update("lr", setting({ [LOG]: "a" }));
    const status = execFileSync("git", ["status", "--porcelain", "-uall"], { cwd: root });
    expect(status.toString()).toBe("?? experiments/lr/experiment_log.csv\n");
  });

  test("that cannot be written says so, and the file stands as it was", async () => {
    const root = await rootWith({ "experiments/lr/experiment_log.csv": "a" });
    const paths = new Map([["summary.json", join(root, "experiments/lr", LOG, "summary.json")]]);
    const attempt = storeIn(root, { paths }).update("lr", setting({ "summary.json": "{}" }));
    await expect(attempt).rejects.toThrow(/summary\.json cannot be written \(E\w+\)/);
    expect(await readFile(join(root, "experiments/lr", LOG), "utf8")).toBe("a");
  });
});

describe("several processes", () => {
  let program: string;

  beforeAll(async () => {
    program = await buildProgram(join(import.meta.dirname, "append-row.ts"));
  });

  const append = (root: string, writer: string, count: number) =>
    spawn(process.execPath, [program, root, writer, String(count)], { stdio: "inherit" });

  const rowsIn = async (root: string) =>
    (await readFile(join(root, "experiments/lr", LOG), "utf8")).trimEnd().split("\n");

  test("at once lose nothing", async () => {
    const root = await tempFolder();
    const writers = ["a", "b", "c", "d"].map((writer) => append(root, writer, 10));
    const codes = await Promise.all(writers.map((writer) => once(writer, "exit")));
    expect(codes.map(([code]) => code)).toEqual([0, 0, 0, 0]);
    const rows = await rowsIn(root);
    expect(new Set(rows).size).toBe(40);
    expect(rows).toHaveLength(40);
    expect(await readdir(join(root, "experiments/lr"))).toEqual([LOG]);
  });

  test("one of which is killed leave a whole log, and the next one goes on", async () => {
    const root = await tempFolder();
    const killed = append(root, "killed", 1000);
    await expect.poll(() => rowsIn(root).catch(() => []), { timeout: 20_000 }).not.toEqual([]);
    killed.kill("SIGKILL");
    await once(killed, "exit");
    const before = await rowsIn(root);
    const [code] = await once(append(root, "next", 1), "exit");
    expect(code).toBe(0);
    expect(before).toEqual(before.map((_, at) => `killed-${at}`));
    expect(await rowsIn(root)).toEqual([...before, "next-0"]);
  });
});

import { execFileSync } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAutoRemote } from "../../../src/adapters/store/auto-remote.ts";
import { LogError, RemoteError } from "../../../src/core/errors.ts";
import { expectNoViolations } from "../../support/github/server.ts";
import { LOG_PATH, openWorld, setRows, TRANSPORTS, type World } from "./world.ts";

const CSV = Buffer.from('\ufeffexperiment_id,notes\r\nfirst,"é\n"\r\n');
const MESSAGE = { headline: "Record “second”", body: "second: queued\n\nOps: 1" };

let world: World;

beforeEach(async () => {
  world = await openWorld({
    [LOG_PATH]: CSV,
    "experiments/default/deep/er.txt": "deep\n",
    "experiments/top.txt": "top\n",
    "README.md": "# Loop\n",
  });
});
afterEach(async () => {
  await world.repo.fsck();
  await world.close();
});

async function addSymlink(path: string): Promise<void> {
  const oid = execFileSync("git", ["hash-object", "-w", "--stdin"], {
    cwd: world.repo.dir,
    input: "/etc/passwd",
  });
  addEntry("120000", oid.toString().trim(), path);
}

async function addSubmodule(path: string): Promise<void> {
  addEntry("160000", (await world.repo.head("main")) ?? "", path);
}

function addEntry(mode: string, oid: string, path: string): void {
  const git = (...args: string[]) =>
    execFileSync("git", args, {
      cwd: world.repo.dir,
      encoding: "utf8",
      env: { ...process.env, ...index },
    }).trim();
  const index = { GIT_INDEX_FILE: join(world.tempDir, "index") };
  git("read-tree", "main");
  git("update-index", "--add", "--cacheinfo", `${mode},${oid},${path}`);
  const identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
  const commit = git(...identity, "commit-tree", git("write-tree"), "-p", "main", "-m", "Link");
  git("update-ref", "refs/heads/main", commit);
}

describe.each(TRANSPORTS)("a branch over %s", (transport) => {
  it("tells its commit, its date and what stands in session folders or in their place, no more", async () => {
    const head = await world.remote(transport).readHead(undefined);
    expect(head).toMatchObject({ branch: "main", commit: await world.repo.head() });
    expect(head?.committedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const modes = [...(head?.entries ?? [])].map(([path, { mode }]) => [path, mode]);
    expect(modes).toEqual([
      [LOG_PATH, "100644"],
      ["experiments/top.txt", "100644"],
    ]);
    expectNoViolations(world.github);
  });

  it("gives the exact bytes and leaves absent files out", async () => {
    const remote = world.remote(transport);
    const head = await remote.readHead("main");
    if (head === undefined) throw new Error("no head");
    const files = await remote.readFiles(head, [LOG_PATH, "experiments/default/absent.csv"]);
    expect([...files.keys()]).toEqual([LOG_PATH]);
    expect(Buffer.from(files.get(LOG_PATH) ?? [])).toEqual(CSV);
  });

  it("is undefined when it does not exist, and when the repository is empty", async () => {
    expect(await world.remote(transport).readHead("absent")).toBeUndefined();
    const empty = await world.github.createRepo({ owner: "lab", name: "empty" });
    const remote = world.remote(transport, { repo: empty });
    expect(await remote.readHead(undefined)).toBeUndefined();
    await expect(world.store(transport, { repo: empty }).read("default")).rejects.toThrow(
      "The repository has no commit yet",
    );
  });

  it("has no files without an experiments directory", async () => {
    const head = await world.remote(transport, { experimentsDir: "absent" }).readHead("main");
    expect(head?.entries.size).toBe(0);
  });

  it("may keep its sessions at the top or deeper", async () => {
    const top = await world.remote(transport, { experimentsDir: "." }).readHead("main");
    expect([...(top?.entries.keys() ?? [])]).toEqual(["README.md", "experiments/top.txt"]);
    const deep = await world
      .remote(transport, { experimentsDir: "experiments/default" })
      .readHead("main");
    expect([...(deep?.entries.keys() ?? [])]).toEqual([
      "experiments/default/deep/er.txt",
      LOG_PATH,
    ]);
  });

  it("refuses a symlink instead of a log", async () => {
    await addSymlink("experiments/default/session.yml");
    const store = world.store(transport);
    const error = await store.read("default").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LogError);
    expect(String(error)).toContain("experiments/default/session.yml: is a symlink");
  });

  it.each(["experiment_log.csv", "experiment_report.md"])(
    "refuses a folder where %s belongs, and deletes nothing in it",
    async (name) => {
      const kept = `experiments/taken/${name}/keep.txt`;
      await world.repo.commitFiles("main", { [kept]: "precious" });
      const update = world.store(transport).update("taken", setRows({ b: "2" }));
      await expect(update).rejects.toThrow(LogError);
      expect((await world.repo.readFile("main", kept))?.toString()).toBe("precious");
    },
  );

  it.each([
    ["a file", () => world.repo.commitFiles("main", { "experiments/taken": "precious" })],
    ["a symlink", () => addSymlink("experiments/taken")],
    ["a submodule", () => addSubmodule("experiments/taken")],
  ])("refuses %s instead of a session's folder, and leaves it", async (_what, put) => {
    await put();
    const head = await world.repo.head("main");
    const update = world.store(transport).update("taken", setRows({ b: "2" }));
    await expect(update).rejects.toThrow(
      "experiments/taken: is a file, a symlink or a submodule in git",
    );
    expect(await world.repo.head("main")).toBe(head);
  });

  it("refuses a symlink instead of the experiments directory", async () => {
    await addSymlink("runs");
    const remote = world.remote(transport, { experimentsDir: "runs" });
    await expect(remote.readHead("main")).rejects.toThrow(LogError);
  });

  it("takes a commit only on top of the commit it was made from", async () => {
    const [one, other] = [world.remote(transport), world.remote(transport)];
    const head = await one.readHead("main");
    const parent = (await other.readHead("main"))?.commit ?? "";
    const files = new Map([['experiments/default/notes "1".md', Buffer.from("a\0b")]]);
    const request = { branch: "main", parent, message: MESSAGE };
    const done = await one.commit({ ...request, files });
    expect(done.kind).toBe("committed");
    expect(
      await other.commit({ ...request, files: new Map([[LOG_PATH, Buffer.from("lost")]]) }),
    ).toEqual({
      kind: "stale",
    });
    const stored = await world.repo.readFile("main", 'experiments/default/notes "1".md');
    expect(stored).toEqual(Buffer.from("a\0b"));
    expect(await world.repo.readFile("main", LOG_PATH)).toEqual(CSV);
    const [newest] = await world.repo.log("main");
    expect(newest).toMatchObject({ subject: MESSAGE.headline, parents: [head?.commit] });
    expect(done.kind === "committed" && done.commit).toBe(newest?.oid);
  });

  it("is not made again by a commit when it was deleted", async () => {
    await world.repo.createBranch("logs");
    const remote = world.remote(transport);
    const parent = (await remote.readHead("logs"))?.commit ?? "";
    await world.repo.deleteBranch("logs");
    const files = new Map([[LOG_PATH, Buffer.from("again")]]);
    expect(await remote.commit({ branch: "logs", parent, files, message: MESSAGE })).toEqual({
      kind: "stale",
    });
    expect(await world.repo.branches()).toEqual(["main"]);
  });

  it("goes on when it is pushed back by force", async () => {
    const back = await world.repo.head("main");
    await world.repo.commitFiles("main", { "x.md": "x" });
    const remote = world.remote(transport);
    const parent = (await remote.readHead("main"))?.commit ?? "";
    execFileSync("git", ["update-ref", "refs/heads/main", back ?? ""], { cwd: world.repo.dir });
    const files = new Map([[LOG_PATH, Buffer.from("again")]]);
    expect(await remote.commit({ branch: "main", parent, files, message: MESSAGE })).toEqual({
      kind: "stale",
    });
    expect(await world.repo.head("main")).toBe(back);
  });

  it("says at once that another branch stands in its way", async () => {
    await world.repo.createBranch("experiment-monitor");
    const parent = (await world.repo.head("main")) ?? "";
    const remote = world.remote(transport);
    await remote.readHead("main");
    await expect(remote.createBranch("experiment-monitor/a", parent)).rejects.toThrow(RemoteError);
  });

  it("is created once", async () => {
    const remote = world.remote(transport);
    const head = await remote.readHead("main");
    if (head === undefined) throw new Error("no head");
    expect(await remote.createBranch("experiment-monitor/a", head.commit)).toBe("created");
    await world.repo.commitFiles("experiment-monitor/a", { "x.txt": "x" });
    const moved = await world.repo.head("experiment-monitor/a");
    expect(await remote.createBranch("experiment-monitor/a", head.commit)).toBe("exists");
    expect(await world.repo.head("experiment-monitor/a")).toBe(moved);
  });

  it("is refused in a sentence that names the permission when the token may only read", async () => {
    world.github.addToken("ghs_reader", {
      login: "github-actions[bot]",
      type: "Bot",
      permissions: { contents: "read", metadata: "read" },
    });
    const store = world.store(transport, { token: "ghs_reader", commit: "push" });
    const error = await store
      .update("default", setRows({ b: "2" }))
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RemoteError);
    expect(error).toMatchObject({ remedy: expect.stringContaining("contents: write") });
    expect(String(error)).not.toContain("ghs_reader");
  });

  it("is refused in a sentence when the token is unknown", async () => {
    const store = world.store(transport, { token: "ghs_unknown" });
    await expect(store.read("default")).rejects.toMatchObject({ exitCode: 5, status: 401 });
  });

  it("says so when it does not exist", async () => {
    await expect(world.store(transport, { branch: "absent" }).read("default")).rejects.toThrow(
      "The branch absent does not exist",
    );
  });
});

describe("the automatic transport", () => {
  it("commits over git what is too large for the API", async () => {
    const git = world.remote("git");
    let prepared = 0;
    const remote = createAutoRemote({
      api: world.remote("api", { maxBytes: 150 }),
      git: async () => {
        prepared += 1;
        return git;
      },
    });
    const store = world.store("api", { remote });
    const small = await store.update("default", setRows({ b: "2" }));
    expect([small.kind, prepared]).toEqual(["committed", 0]);
    const large = await store.update("default", setRows({ c: "x".repeat(200) }));
    expect([large.kind, prepared]).toEqual(["committed", 1]);
    expect((await world.repo.readFile("main", LOG_PATH))?.toString()).toContain("x".repeat(200));
  });

  it("is what the API alone asks for", async () => {
    const store = world.store("api", { maxBytes: 10 });
    await expect(store.update("default", setRows({ b: "2" }))).rejects.toMatchObject({
      remedy: expect.stringContaining("transport"),
    });
  });
});

describe("git in the background", () => {
  it("takes at most four processes for a sync with nothing new", async () => {
    await world.store("git").update("default", setRows({ b: "2" }));
    const bin = join(world.tempDir, "bin");
    const calls = join(world.tempDir, "calls");
    await mkdir(bin);
    await writeFile(
      join(bin, "git"),
      `#!/bin/sh\necho "$*" >> '${calls}'\nPATH='${process.env["PATH"]}' exec git "$@"\n`,
    );
    await chmod(join(bin, "git"), 0o755);
    const env = { ...process.env, PATH: `${bin}:${process.env["PATH"]}` };
    const store = world.store("git", { env });
    expect(await store.sessions()).toEqual(["default"]);
    await store.read("default");
    expect((await store.update("default", setRows({ b: "2" }))).kind).toBe("unchanged");
    expect((await readFile(calls, "utf8")).trimEnd().split("\n").length).toBeLessThanOrEqual(4);
  });

  it("takes six reads at most and no write over the API", async () => {
    await world.store("api").update("default", setRows({ b: "2" }));
    world.github.reset();
    const store = world.store("api");
    await store.read("default");
    await store.update("default", setRows({ b: "2" }));
    expect(world.github.reads()).toBeLessThanOrEqual(5);
    expect(world.github.writes()).toBe(0);
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cellsOf, logText, readLog } from "../builders/log.ts";
import { createGitScene, type GitScene, LOG } from "./git-scene.ts";

type Row = Parameters<typeof logText>[0][number];

const LEDGER = "experiments/mnist/command_log.csv";
const LEDGER_HEADER =
  "op_id,comment_id,comment_url,actor,actor_id,command,experiment_id,outcome,detail,at\n";
const REPORT = "experiments/mnist/experiment_report.md";

let scene: GitScene;

beforeEach(async () => {
  scene = await createGitScene();
});
afterEach(() => scene.remove());

const rows = (...all: readonly Row[]) => ({ [LOG]: logText(all) });
const A: Row = { experiment_id: "a", status: "planned", notes: "old" };
const B: Row = { experiment_id: "b", status: "planned" };

/** `main` and `side` parted from a common commit; `side` is checked out where the story goes on there. */
async function part(
  base: Record<string, string>,
  main: Record<string, string>,
  side: Record<string, string>,
): Promise<void> {
  await scene.cli(["start", "--name", "mnist"]);
  await scene.commit("base", base);
  scene.git("checkout", "-q", "-b", "side");
  await scene.commit("side", side);
  scene.git("checkout", "-q", "main");
  await scene.commit("main", main);
}

async function readRows(): Promise<readonly Record<string, string>[]> {
  const log = readLog(await scene.read(LOG));
  return Array.from({ length: log.rowCount }, (_, row) => cellsOf(log, row));
}

/** Ways that git brings two sides together; which side is `ours` differs between them. */
const WAYS = {
  merge: () => scene.tryGit("merge", "-m", "merged", "side"),
  "merge --no-ff of the other": () => {
    scene.git("checkout", "-q", "side");
    return scene.tryGit("merge", "--no-ff", "-m", "merged", "main");
  },
  rebase: () => {
    scene.git("checkout", "-q", "side");
    return scene.tryGit("rebase", "main");
  },
  "cherry-pick": () => scene.tryGit("cherry-pick", "side"),
} as const;

describe.each(Object.entries(WAYS))("git %s", (_name, bringTogether) => {
  it("merges other rows and other cells of the same row", async () => {
    await part(
      rows(A, B),
      rows({ ...A, status: "queued", owner: "ada" }, B, { experiment_id: "main" }),
      rows({ ...A, status: "running", notes: "new" }, B, { experiment_id: "side" }),
    );
    expect(bringTogether()).toMatchObject({ exitCode: 0 });
    const merged = await readRows();
    expect(merged[0]).toEqual({ ...A, status: "running", owner: "ada", notes: "new" });
    expect(merged.map((row) => row["experiment_id"]).sort()).toEqual(["a", "b", "main", "side"]);
    expect(scene.git("status", "--porcelain")).toBe("");
    expect((await scene.cli(["check"])).exitCode).toBe(0);
  });

  it("stops at a cell that both changed, and check finds every marker left behind", async () => {
    await part(
      rows(A, B),
      rows({ ...A, notes: "main", owner: "ada" }, B),
      rows({ ...A, notes: 'side, "quoted"\nand long', task_key: "t" }, B),
    );
    const end = bringTogether();
    expect(end.exitCode).not.toBe(0);
    expect(end.stdout + end.stderr).toContain('notes of "a" was changed on both sides');
    expect(scene.git("status", "--porcelain")).toBe(`UU ${LOG}`);
    const conflicted = await scene.read(LOG);
    const broken = await scene.cli(["check"]);
    expect(broken.exitCode).toBe(4);
    expect(broken.stderr).toContain(`${LOG}:2:1: found a git conflict marker`);

    for (const marker of ["<<<<<<< ours\n", "=======\n", ">>>>>>> theirs\n"]) {
      const left = ["<<<<<<< ours\n", "=======\n", ">>>>>>> theirs\n"]
        .filter((other) => other !== marker)
        .reduce((text, other) => text.replace(other, ""), conflicted);
      await scene.write(LOG, left);
      expect((await scene.cli(["check"])).exitCode).toBe(4);
    }
    await scene.write(LOG, conflicted.replace(/<{7} ours\n[\s\S]*?={7}\n|>{7} theirs\n/g, ""));
    expect((await scene.cli(["check"])).exitCode).toBe(0);
    expect((await readRows())[0]).toMatchObject({ owner: "ada", task_key: "t" });
  });

  it("keeps every line of both ledgers, in the order of time", async () => {
    const line = (op: string, minute: number) =>
      `${op},1,,ada,7,/note,a,applied,,2026-11-23T09:0${minute}:00Z\n`;
    const ledger = (...lines: readonly string[]) => ({
      ...rows(A),
      [LEDGER]: LEDGER_HEADER + lines.join(""),
    });
    await part(
      ledger(line("base", 1)),
      ledger(line("base", 1), line("main", 3)),
      ledger(line("base", 1), line("s1", 2), line("s2", 4)),
    );
    expect(bringTogether()).toMatchObject({ exitCode: 0 });
    expect(await scene.read(LEDGER)).toBe(
      LEDGER_HEADER + line("base", 1) + line("s1", 2) + line("main", 3) + line("s2", 4),
    );
  });

  it("keeps a report of one side, which the next one replaces", async () => {
    await part(
      { ...rows(A), [REPORT]: "base\n" },
      { [REPORT]: "main\n" },
      {
        ...rows(A, B),
        [REPORT]: "side\n",
      },
    );
    expect(bringTogether()).toMatchObject({ exitCode: 0 });
    expect(["main\n", "side\n"]).toContain(await scene.read(REPORT));
  });

  it("merges no log that cannot be read, says where, and check finds it committed", async () => {
    const torn = `${logText([A])}x,"open\n`;
    await part(rows(A), rows({ ...A, notes: "main" }), { [LOG]: torn });
    const end = bringTogether();
    expect(end.exitCode).not.toBe(0);
    expect(end.stdout + end.stderr).toMatch(
      /experiment_log\.csv \((?:ours|theirs)\):3:3: a quote is opened here and never closed/,
    );
    const after = await scene.read(LOG);
    expect([logText([{ ...A, notes: "main" }]), torn]).toContain(
      after.replace(/^<<<<<<< .*\n/, ""),
    );
    expect(scene.git("ls-files", "--unmerged")).not.toBe("");
    scene.git("commit", "-qam", "unseen");
    expect((await scene.cli(["check"])).exitCode).not.toBe(0);
  });
});

describe("of two ledgers with new lines", () => {
  const line = (id: string, minute: number) =>
    `${id.repeat(19)}${minute + 1},local-${minute},,ada,,/note ${id} hi,${id},applied,,2026-11-23T09:0${minute}:00Z\n`;
  const ledger = (...lines: readonly string[]) => ({ [LEDGER]: LEDGER_HEADER + lines.join("") });
  const [OLD, ON_MAIN, ON_SIDE] = [line("a", 1), line("a", 3), line("b", 2)];
  const publish = (branch: string, remote = "origin", as = branch) =>
    scene.git("update-ref", `refs/remotes/${remote}/${as}`, branch);
  const know = (remote: string, branch = "main") =>
    scene.git("symbolic-ref", `refs/remotes/${remote}/HEAD`, `refs/remotes/${remote}/${branch}`);
  const merge = (other: string, base: string) => {
    expect(scene.tryGit("merge", "-m", "merged", other)).toMatchObject({ exitCode: 0 });
    return scene.cli(["check", "--base", base]);
  };
  const isExtended = { exitCode: 0, stderr: "" };
  const isRewritten = {
    exitCode: 3,
    stderr: expect.stringContaining("lines of the ledger are changed or gone"),
  };

  beforeEach(async () => {
    const log = rows(A, B);
    await part({ ...log, ...ledger(OLD) }, ledger(OLD, ON_MAIN), ledger(OLD, ON_SIDE));
    publish("main");
  });

  it("a pull request's stands behind the default branch's, which a review finds extended", async () => {
    scene.git("checkout", "-q", "side");
    publish("side");
    know("origin");
    expect(await merge("main", "main")).toMatchObject(isExtended);
    expect(await scene.read(LEDGER)).toBe(LEDGER_HEADER + OLD + ON_MAIN + ON_SIDE);
    scene.git("checkout", "-q", "main");
    expect(await merge("side", "origin/main")).toMatchObject(isExtended);
  });

  it("ours stays first where no default branch is known", async () => {
    scene.git("checkout", "-q", "side");
    expect(await merge("main", "main")).toMatchObject(isRewritten);
    scene.git("reset", "-q", "--hard", "ORIG_HEAD");
    scene.git("checkout", "-q", "--detach");
    know("origin");
    expect(await merge("main", "main")).toMatchObject(isRewritten);
  });

  it("what was not pushed stands behind what is pulled", async () => {
    scene.git("checkout", "-q", "side");
    publish("main", "origin", "side");
    scene.git("remote", "add", "origin", ".");
    scene.git("config", "branch.side.remote", "origin");
    scene.git("config", "branch.side.merge", "refs/heads/side");
    expect(await merge("main", "main")).toMatchObject(isExtended);
  });

  it("another base than the default branch stays first in a pull request against it", async () => {
    publish("side", "origin", "release");
    know("origin");
    scene.git("checkout", "-q", "-b", "back-merge", "side");
    expect(await merge("main", "side")).toMatchObject(isExtended);
  });

  it("the default branch stays first when a fork's is merged into it", async () => {
    publish("side", "fork", "main");
    know("origin");
    know("fork");
    scene.git("checkout", "-q", "main");
    expect(await merge("side", "main")).toMatchObject(isExtended);
    expect(await scene.read(LEDGER)).toBe(LEDGER_HEADER + OLD + ON_MAIN + ON_SIDE);
  });
});

it("does not let a driver with wrong arguments pass for a merge", async () => {
  const driver = scene.git("config", "merge.experiment-monitor.driver");
  scene.git("config", "merge.experiment-monitor.driver", driver.replace(" %B %P", ""));
  await part(rows(A), rows(A, { experiment_id: "m" }), rows(A, { experiment_id: "s" }));
  expect(scene.tryGit("merge", "-m", "x", "side").exitCode).not.toBe(0);
  scene.git("commit", "-qam", "unseen");
  expect((await scene.cli(["check"])).exitCode).not.toBe(0);
});

it("keeps CRLF and quoting of a log that Python wrote", async () => {
  const base = `${logText([A], "\r\n").replace(",old", ',"old"')}`;
  await part(
    { [LOG]: base },
    { [LOG]: `${base}main${",".repeat(21)}\r\n` },
    { [LOG]: base.replace("a,,,planned", "a,,,queued") },
  );
  expect(WAYS.merge()).toMatchObject({ exitCode: 0 });
  const merged = await scene.read(LOG);
  expect(merged).toContain(',"old"\r\n');
  expect(merged.replaceAll("\r\n", "")).not.toContain("\n");
});

it("merges branches that were merged crosswise, with a conflict in what they have in common", async () => {
  const C: Row = { ...B, owner: "old", notes: "old" };
  await part(rows(A, C), rows({ ...A, notes: "main" }, C), rows({ ...A, notes: "side" }, C));
  const [main, side] = [scene.git("rev-parse", "main"), scene.git("rev-parse", "side")];
  scene.tryGit("merge", "--no-commit", side);
  await scene.commit("main took side", rows({ ...A, notes: "settled" }, C));
  scene.git("checkout", "-q", "side");
  scene.tryGit("merge", "--no-commit", main);
  await scene.commit("side took main", rows({ ...A, notes: "settled" }, { ...C, owner: "ada" }));
  scene.git("checkout", "-q", "main");
  await scene.commit("more", rows({ ...A, notes: "settled" }, { ...C, notes: "b" }));
  expect(WAYS.merge()).toMatchObject({ exitCode: 0 });
  expect(await readRows()).toEqual([
    { ...A, notes: "settled" },
    { ...B, owner: "ada", notes: "b" },
  ]);
});

it("merges logs that both branches created", async () => {
  await scene.commit("base", { "README.md": "x" });
  await scene.cli(["start", "--name", "mnist"]);
  await scene.commit("attributes", {});
  scene.git("rm", "-rq", "experiments");
  scene.git("commit", "-qm", "without");
  scene.git("checkout", "-q", "-b", "side");
  await scene.commit("side", rows({ experiment_id: "side" }));
  scene.git("checkout", "-q", "main");
  await scene.commit("main", rows({ experiment_id: "main" }));
  expect(WAYS.merge()).toMatchObject({ exitCode: 0 });
  expect((await readRows()).map((row) => row["experiment_id"])).toEqual(["main", "side"]);
});

describe("merge by hand", () => {
  const files = { "o.csv": logText([A]), "a.csv": logText([{ ...A, notes: "x" }]) };

  it("says in JSON what is in conflict, and exits as git reads it", async () => {
    await scene.commit("x", { ...files, "b.csv": logText([{ ...A, notes: "y" }]) });
    const end = await scene.cli(["merge", "o.csv", "a.csv", "b.csv", "--json"]);
    expect(end.exitCode).toBe(1);
    expect(JSON.parse(end.stdout)).toEqual({
      path: "a.csv",
      outcome: "conflicts",
      conflicts: [{ experiment_id: "a", column: "notes", ours: "x", theirs: "y" }],
    });
  });

  it.each([
    ["too few files", ["o.csv", "a.csv"], "missing required argument"],
    [
      "a path like a flag",
      ["--", "o.csv", "a.csv", "a.csv", "-runs/x.md"],
      "is not a file this driver merges",
    ],
    ["a file that is not there", ["o.csv", "a.csv", "none.csv"], '"none.csv" does not exist'],
    [
      "another kind of file",
      ["o.csv", "a.csv", "a.csv", "session.yml"],
      "is not a file this driver merges",
    ],
  ])("fails above 128 on %s and writes nothing", async (_what, args, sentence) => {
    await scene.commit("x", files);
    const end = await scene.cli(["merge", ...args]);
    expect(end.exitCode).toBeGreaterThan(128);
    expect(end.stderr).toContain(sentence);
    expect(scene.git("status", "--porcelain")).toBe("");
  });
});

describe("start", () => {
  const attributesOf = (path: string) => scene.git("check-attr", "text", "merge", "--", path);

  it("writes .gitattributes once, says the one line of configuration, and commits it", async () => {
    await scene.commit("base", { ".gitattributes": "*.png binary\n", "deep/x": "x" });
    const args = ["start", "--name", "mnist", "--commit"];
    const env = {
      GIT_AUTHOR_NAME: "A",
      GIT_AUTHOR_EMAIL: "a@x",
      GIT_COMMITTER_NAME: "A",
      GIT_COMMITTER_EMAIL: "a@x",
    };
    const first = await scene.cli(args, { cwd: "deep", env });
    expect(first.exitCode).toBe(0);
    expect(first.stderr).toContain(
      "git config merge.experiment-monitor.driver 'experiment-monitor merge -- %O %A %B %P'",
    );
    expect(Object.keys(JSON.parse(first.stdout)).sort()).toEqual([
      "commit",
      "experiment_dir",
      "experiment_name",
      "log_path",
      "mode",
      "report_path",
    ]);
    expect(await scene.read(".gitattributes")).toMatch(/^\*\.png binary\n/);
    expect(attributesOf(LOG)).toBe(`${LOG}: text: unset\n${LOG}: merge: experiment-monitor`);
    expect(scene.git("status", "--porcelain")).toBe("");
    const again = await scene.cli(args, { cwd: "deep", env });
    expect(again.stderr).not.toContain("git config");
    expect(scene.git("rev-list", "--count", "HEAD")).toBe("2");
  });

  it("names the experiments directory it was given, and writes nothing in a dry run", async () => {
    await scene.commit("base", { x: "x" });
    const args = ["start", "--name", "m", "--experiments-dir", "my runs/[all]"];
    await scene.cli([...args, "--dry-run"]);
    expect(scene.git("status", "--porcelain")).toBe("");
    await scene.cli(args);
    expect(attributesOf("my runs/[all]/m/experiment_log.csv")).toContain(
      "merge: experiment-monitor",
    );
  });
});

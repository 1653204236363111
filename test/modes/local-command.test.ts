import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createRedactor } from "../../src/core/text/redact.ts";
import { runCommand } from "../../src/entry/commands/command.ts";
import { commandLocally, type LocalCommandRequest } from "../../src/modes/local-command.ts";
import { clock, sha256 } from "../builders/modes.ts";
import { createFakeStore } from "../fakes/store.ts";

const FILES = { "experiment_log.csv": "experiment_id,status\nra,planned\n" };

function sessionsOf(settings = "") {
  const store = createFakeStore(
    { a: { ...FILES, "session.yml": settings }, b: FILES },
    { isWorkingTree: true },
  );
  const give = (body: string, asked: Partial<LocalCommandRequest> = {}) =>
    commandLocally(
      { store, clock },
      {
        session: "a",
        isAlone: false,
        body,
        actor: "ann",
        commentId: "local-1",
        redact: (text) => text,
        createRedactor: ({ redact }) => createRedactor({ secrets: [], settings: redact }),
        sha256,
        ...asked,
      },
    );
  return { store, give };
}

describe("session= in a text", () => {
  test("names another session of the experiments directory", async () => {
    const { store, give } = sessionsOf();
    expect(await give("/note session=b ra for b")).toMatchObject({ session: "b" });
    expect(store.texts("b")["experiment_log.csv"]).toContain("for b");
    expect(store.texts("a")["experiment_log.csv"]).not.toContain("for b");
    expect(await give("/stop session=b", { session: "absent" })).toMatchObject({ session: "b" });
  });

  test("names no other where the files have paths of their own", async () => {
    const { store, give } = sessionsOf();
    const { decision, reply } = await give("/stop session=b", { isAlone: true });
    expect(decision).toBe("refused");
    expect(reply).toContain('there is no session "b" here, expected one of "a"');
    expect(await give("/note session=a ra hi", { isAlone: true })).toMatchObject({ session: "a" });
    expect(store.texts("b")).toEqual(FILES);
  });

  test.each([
    ["a session that is not there", "/propose session=c x\nWhy not.", 'there is no session "c"'],
    ["several", "/stop session=a\n\n/stop session=b", "the commands name several sessions"],
  ])("that names %s is refused", async (_what, body, sentence) => {
    const { store, give } = sessionsOf();
    const { decision, problems } = await give(body);
    expect({ decision, problems }).toMatchObject({
      decision: "refused",
      problems: [{ line: 1, sentence: expect.stringContaining(sentence) }],
    });
    expect(await store.sessions()).toEqual(["a", "b"]);
  });
});

test("/report writes the report anew where it differs", async () => {
  const { store, give } = sessionsOf();
  const { decision, update } = await give("/report");
  expect(decision).toBe("answered");
  expect(update).toMatchObject({ kind: "written" });
  expect(store.texts("a")["experiment_report.md"]).toContain("ra");
  expect(store.texts("a")["experiment_log.csv"]).toBe(FILES["experiment_log.csv"]);
  expect((await give("/report", { commentId: "local-2" })).update).toMatchObject({
    kind: "unchanged",
  });
  expect((await give("/status", { commentId: "local-3" })).update).toMatchObject({
    kind: "unchanged",
  });
});

test("a session that is not there is not made by a command", async () => {
  const { store, give } = sessionsOf();
  for (const body of ["/stop", "/stop session=c"]) {
    await expect(give(body, { session: "c" })).rejects.toThrow("there is no session c");
  }
  expect(await store.sessions()).toEqual(["a", "b"]);
});

test("nothing that session.yml hides is told of a text, be it right or wrong", async () => {
  const { give } = sessionsOf("redact: { patterns: ['*.internal'] }\n");
  for (const body of ["/stop for db.internal", '/note "db.internal', "/note db.internal hi"]) {
    const { reply, problems } = await give(body);
    expect(reply).not.toBe("");
    expect(reply + JSON.stringify(problems)).not.toContain("db.internal");
  }
});

describe("the command line refuses", () => {
  async function run(text: string | Uint8Array, flags: Record<string, string> = {}) {
    const folder = await mkdtemp(join(tmpdir(), "command-"));
    const bodyFile = join(folder, "comment.md");
    await writeFile(bodyFile, text);
    return await runCommand({ actor: "ann", bodyFile, experimentsDir: folder, ...flags });
  }

  test("a prefix that no command can have", async () => {
    for (const commandPrefix of ["/exp", "exp ", "Exp"]) {
      await expect(run("/exp note ra hi\n", { commandPrefix })).rejects.toThrow(
        /^--command-prefix is ".*", expected a word of lower-case letters/,
      );
    }
  });

  test.each([
    ["UTF-16, as PowerShell's > writes it", Buffer.from("\uFEFF/note ra hi\r\n", "utf16le")],
    ["UTF-16 without a mark", Buffer.from("/note ra hi\r\n", "utf16le")],
    ["Latin-1", Buffer.from("/note ra caf\xe9\n", "latin1")],
  ])("a text in %s", async (_what, bytes) => {
    await expect(run(bytes)).rejects.toThrow("is not text in UTF-8");
  });

  test("a session that is not there", async () => {
    await expect(run("/note ra hi\n", { commandPrefix: "exp" })).resolves.toBe(0);
    await expect(run("/exp note ra hi\n", { commandPrefix: "exp" })).rejects.toThrow(
      "there is no session default",
    );
  });
});

describe("a text with mistakes of several kinds", () => {
  test.each([
    ["a key and an experiment", "/propose new foo=1\nWhy.\n\n/note absent x\n/note ra y", [1, 4]],
    [
      "what a lost proposal would have made, by whatever name it is given",
      [
        "/propose new foo=1\nWhy.\n\n/approve new",
        "/propose next parent=new\nWhy.\n\n/cancel next",
        "/supersede ra by=next",
      ].join("\n\n"),
      [1],
    ],
    ["an experiment and a name", "/note absent x\n\n/nope\n/result ra value=x", [1, 4]],
  ])("is told of all of them, and only of them: %s", async (_what, body, lines) => {
    const { store, give } = sessionsOf();
    const { decision, problems } = await give(body);
    expect({ decision, lines: problems.map(({ line }) => line) }).toEqual({
      decision: "refused",
      lines,
    });
    expect(store.texts("a")["experiment_log.csv"]).toBe(FILES["experiment_log.csv"]);
  });

  test("hides in all of them what the session hides", async () => {
    const { give } = sessionsOf("redact: { patterns: [s3cr3t*] }\n");
    const { problems, reply } = await give("/note s3cr3t x\n/result ra s3cr3t=x");
    expect(problems).toHaveLength(2);
    expect(JSON.stringify(problems) + reply).not.toContain("s3cr3t");
  });
});

import { describe, expect, it } from "vitest";
import { applyComment } from "../../../../src/core/command/apply-comment.ts";
import type { Command } from "../../../../src/core/command/command.ts";
import type { Role } from "../../../../src/core/command/role.ts";
import { LogError } from "../../../../src/core/errors.ts";
import { defaultSettings } from "../../../../src/core/session/defaults.ts";
import type { SessionSettings } from "../../../../src/core/session/settings.ts";
import { createRedactor } from "../../../../src/core/text/redact.ts";
import {
  apply,
  approval,
  author,
  bob,
  ending,
  entriesOf,
  factsOf,
  launchOf,
  ledgerEntry,
  outcomesOf,
  proposal,
  result,
  rowsOf,
  sentencesOf,
  sessionFiles,
} from "../../../builders/apply.ts";
import { sha256 } from "../../../builders/modes.ts";
import { processorTime } from "../../processor-time.ts";

const files = sessionFiles({
  rows: [
    { status: "planned", hypothesis: "h", objective_metric: "loss", command: "t.py", owner: "ann" },
    { status: "planned", owner: "bob" },
  ],
});
const note = (id = "exp-1", text = "x"): Command => ({ name: "note", id, text });

describe("applyComment", () => {
  it("lets a later command see what an earlier one did", () => {
    const applied = apply(files, [
      proposal("new", { command: "t.py", metric: "loss" }),
      note("new"),
      launchOf(["new"]),
      ending("cancel", "exp-1", "in favour of new"),
    ]);
    expect(outcomesOf(applied).map(({ kind }) => kind)).toEqual(Array(4).fill("applied"));
    expect(rowsOf(applied.files).map(({ status }) => status)).toEqual([
      "cancelled",
      "planned",
      "planned",
    ]);
  });

  it("applies nothing where one command is refused, and names every problem by its line", () => {
    const refused = apply(files, [note(), note("exp-7"), approval("exp-1"), note("exp-8")]);
    expect(refused.outcome).toMatchObject({
      kind: "refused",
      problems: [
        { line: 2, source: "/note exp-7", column: 7 },
        { line: 4, source: "/note exp-8", column: 7 },
      ],
    });
    expect(refused.files).toBe(files);
  });

  it("tells what was wrong with other commands of the comment besides, in the order of lines", () => {
    const typo = { line: 2, source: "/note exp-1 txt=1", sentence: "There is no key." };
    const problems = [typo];
    const refused = apply(files, [note(), note("exp-1"), note("exp-7")], { problems });
    expect(refused.outcome).toMatchObject({ kind: "refused", problems: [typo, { line: 3 }] });
    expect(refused.files).toBe(files);
    expect(apply(files, [note()], { problems }).outcome).toEqual({ kind: "refused", problems });
    const stranger = author({ role: "none" });
    expect(apply(files, [note()], { problems, author: stranger }).outcome).toEqual({
      kind: "refused",
      problems,
    });
  });

  it("does what the ledger has already not again", () => {
    const commands = [
      note(),
      proposal(undefined),
      { name: "stop" } as const,
      approval("exp-1", "exp-2"),
    ];
    const first = apply(files, commands);
    const second = apply(first.files, commands, { author: author({ role: "none" }) });
    expect(second.files).toBe(first.files);
    expect(outcomesOf(second)).toEqual(
      outcomesOf(first).map(({ command, opId, experimentIds }) => ({
        command,
        opId,
        kind: "repeated",
        experimentIds,
        changes: [],
        notes: [],
      })),
    );
  });

  it("does the same words of another comment, or a second time in one, as something new", () => {
    const twice = apply(files, [note(), note()]);
    const thrice = apply(twice.files, [note()], { commentId: "2" });
    expect(rowsOf(thrice.files)[0]?.["notes"]?.split("\n")).toHaveLength(3);
    expect(new Set(entriesOf(thrice.files).map(({ opId }) => opId)).size).toBe(3);
    const elsewhere = apply(thrice.files, [note()], { repositoryId: "43" });
    expect(entriesOf(elsewhere.files)).toHaveLength(4);
  });

  it("answers what only asks without a line in the ledger", () => {
    const names = ["status", "next", "report", "help", "best"] as const;
    const applied = apply(
      files,
      names.map((name) => ({ name })),
    );
    expect(outcomesOf(applied)).toMatchObject(
      names.map((name) => ({
        command: { name },
        kind: "answered",
        experimentIds: [],
        changes: [],
      })),
    );
    expect(applied.files).toBe(files);
  });

  it("chains: one comment after the other sees what came before", () => {
    const first = apply(files, [proposal("new")]).files;
    const second = apply(first, [note("new")], { commentId: "2", author: bob }).files;
    expect(rowsOf(second)[2]).toMatchObject({ notes: "bob (2026-11-23): x" });
    expect(entriesOf(second).map(({ actor }) => actor)).toEqual(["ann", "bob"]);
  });

  it("keeps the bytes of rows it does not touch, and every other file", () => {
    const odd = Buffer.from('experiment_id,status,mine\r\n"a",planned,"x"\r\nb,planned,y');
    const more = new Map([
      ["experiment_log.csv", odd],
      ["badge.json", Buffer.from("{}")],
    ]);
    const applied = apply(more, [note("b")]).files;
    expect(Buffer.from(applied.get("experiment_log.csv") ?? []).toString()).toMatch(
      /"a",planned,"x",/,
    );
    expect(applied.get("badge.json")).toBe(more.get("badge.json"));
  });

  it("redacts what a command says in the ledger, but not which command it is", () => {
    const { redact: settings } = defaultSettings();
    const redact = createRedactor({ secrets: [], settings: { ...settings, patterns: ["/*"] } });
    const applied = apply(files, [note("exp-1", "see /mnt/a"), { name: "stop" }], { redact });
    expect(entriesOf(applied.files).map(({ command }) => command)).toEqual([
      "/note exp-1 see [redacted]",
      "/stop",
    ]);
    expect(factsOf(apply(files, [proposal("new")], { redact }).files).proposers.get("new")).toEqual(
      {
        actor: "ann",
        actorId: "7",
      },
    );
  });

  it("takes little longer to refuse 640 unknown ids than 40 of them", () => {
    const rows = Array.from({ length: 2000 }, (_, at) => ({
      experiment_id: `job-${String(at).padStart(7, "0")}-${"x".repeat(80)}`,
    }));
    const long = sessionFiles({ rows });
    const refuse = (count: number) => {
      const ids = Array.from({ length: count }, (_, at) => `${"x".repeat(90)}${at + 10}`);
      const commands = Array.from({ length: 10 }, () => approval(...ids));
      expect(apply(long, commands).outcome.kind).toBe("refused");
    };
    expect(processorTime(() => refuse(64))).toBeLessThan(4 * processorTime(() => refuse(4)));
  });

  it("refuses a command for another session", () => {
    expect(sentencesOf(apply(files, [{ ...note(), session: "cifar" }]))).toEqual([
      'the command is for the session "cifar", and this is mnist. Write it in a comment of its own.',
    ]);
    expect(sentencesOf(apply(files, [{ ...note(), session: "mnist" }]))).toEqual([]);
  });

  it("stands back where the log or the ledger cannot be read, naming its path", () => {
    const broken = new Map(files).set("command_log.csv", Buffer.from("id\n"));
    expect(() => apply(broken, [note()])).toThrow(LogError);
    const elsewhere = new Map([["experiment_log.csv", "logs/mnist.csv"]]);
    const input = {
      files: {
        folder: "f",
        files: new Map([["experiment_log.csv", Buffer.from("x\n")]]),
        paths: elsewhere,
      },
      session: "mnist",
      source: { id: "1", url: "", author: author() },
      commands: [],
      problems: [],
      repositoryId: "42",
      minPermission: "write",
      now: "2026-11-23T09:30:00Z",
      redact: (text: string) => text,
      sha256,
      overrideSettings: (settings: SessionSettings) => settings,
    } as const;
    expect(() => applyComment(input)).toThrow(/^logs\/mnist\.csv:1:1: /);
  });

  it("points at the word that is meant, counted in characters", () => {
    const at = (source: string, id: string) => {
      const command = { name: "note", id, text: "x" } as const;
      const { outcome } = applyComment({
        files: { folder: "f", files },
        session: "mnist",
        source: { id: "1", url: "", author: author() },
        commands: [{ command, line: 1, source }],
        problems: [],
        repositoryId: "42",
        minPermission: "write",
        now: "2026-11-23T09:30:00Z",
        redact: (text) => text,
        sha256,
        overrideSettings: (settings) => settings,
      });
      return outcome.kind === "refused" ? outcome.problems[0]?.column : "applied";
    };
    expect(at("/note note", "note")).toBe(7);
    expect(at('/note "a b" x', "a b")).toBe(8);
    expect(at("/note 😀 😀x zz", "zz")).toBe(12);
    expect(at("/note xzz zzx", "zz")).toBeUndefined();
    expect(at("/note \\x zz=", "zz")).toBe(10);
    expect(at("", "zz")).toBeUndefined();
  });
});

describe("who may give a command", () => {
  const roles: readonly Role[] = ["none", "read", "triage", "write", "maintain", "admin"];
  const cancelOwn = ending("cancel", "exp-1", "why");
  /** The least role that is not denied. */
  const least = (command: Command, minPermission: Role = "write", by = "ann") =>
    roles.find((role) => {
      const { outcome } = apply(files, [command], {
        minPermission,
        author: author({ login: by, role }),
      });
      return outcome.kind !== "denied";
    });

  it.each<readonly [string, Command, Role]>([
    ["asking", { name: "status" }, "read"],
    ["proposing", proposal("new"), "triage"],
    ["proposing a sweep", proposal("new", {}, { isSweep: true }), "write"],
    ["a note", note(), "triage"],
    ["a hypothesis", { name: "hypothesis", id: "exp-1", text: "x" }, "triage"],
    ["a next action", { name: "next-action", id: "exp-1", text: "x" }, "triage"],
    ["a result", result("exp-1", { value: 1 }), "write"],
    ["approving", approval("exp-1"), "write"],
    ["launching", launchOf(["exp-1"]), "write"],
    ["superseding", { name: "supersede", id: "exp-1", by: "exp-2" }, "write"],
    ["a baseline", { name: "baseline", id: "exp-1" }, "write"],
    ["a target", { name: "target", value: 1 }, "write"],
    ["stopping", { name: "stop" }, "write"],
    ["resuming", { name: "resume" }, "write"],
    ["ending a proposal of somebody else", ending("reject", "exp-2", "why"), "write"],
    ["ending one's own and another", ending("reject", "exp-1 exp-2", "why"), "write"],
    ["ending one's own", cancelOwn, "triage"],
    ["ending what does not exist", ending("cancel", "exp-9 is slow"), "triage"],
  ])("%s", (_name, command, role) => {
    expect(least(command)).toBe(role);
  });

  it("is at least min-permission for what needs write, and at most that for what needs triage", () => {
    expect(least(approval("exp-1"), "maintain")).toBe("maintain");
    expect(least(note(), "maintain")).toBe("triage");
    expect(least(approval("exp-1"), "triage")).toBe("triage");
    expect(least(approval("exp-1"), "read")).toBe("read");
    expect(least(note(), "read")).toBe("read");
    expect(least({ name: "status" }, "none")).toBe("read");
    expect(least(cancelOwn, "admin")).toBe("triage");
  });

  it("is said of the whole comment: the greatest role that lacks", () => {
    const by = author({ role: "read" });
    const commands = [{ name: "status" } as const, note(), approval("exp-1"), note("exp-7")];
    const denied = apply(files, commands, { author: by });
    expect(denied).toEqual({ outcome: { kind: "denied", needs: "write" }, files });
    expect(apply(files, [note()], { author: by }).outcome).toEqual({
      kind: "denied",
      needs: "triage",
    });
    const admin = apply(files, [note(), approval("exp-1")], {
      author: by,
      minPermission: "admin",
    });
    expect(admin.outcome).toEqual({ kind: "denied", needs: "admin" });
  });

  it("knows the proposer from the ledger rather than from the owner", () => {
    const ledger = [ledgerEntry({ command: "/propose exp-1", actor: "bob", actorId: "8" })];
    const proposed = new Map([...files, ...sessionFiles({ ledger })]);
    const kind = (by: ReturnType<typeof author>) =>
      apply(proposed, [cancelOwn], { author: { ...by, role: "triage" } }).outcome.kind;
    expect(kind(author())).toBe("denied");
    expect(kind(bob)).toBe("applied");
  });

  it("lets nobody end another's experiment behind a proposal of their own", () => {
    const by = author({ role: "triage" });
    for (const id of ["mine", undefined]) {
      const [named] = outcomesOf(apply(files, [proposal(id)], { author: by }));
      const own = named?.experimentIds[0] ?? "";
      const attack = apply(files, [proposal(id), ending("reject", `${own} exp-2`, "why")], {
        author: by,
      });
      expect(attack.outcome).toEqual({ kind: "denied", needs: "write" });
      const fair = apply(files, [proposal(id), ending("reject", own, "why")], { author: by });
      expect(fair.outcome.kind).toBe("applied");
    }
  });
});

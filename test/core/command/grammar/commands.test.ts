import { describe, expect, test } from "vitest";
import { parseComment } from "../../../../src/core/command/parse-comment.ts";
import { COMMANDS, commandNamed } from "../../../../src/core/command/registry.ts";
import { renderCommand } from "../../../../src/core/command/render-command.ts";
import { commandsOf, problemsOf } from "./read.ts";

const H = "\nhypothesis: h";
const fields = { hypothesis: "h" };

describe("a command is read:", () => {
  test.each([
    [
      "/propose\nIt learns.",
      { name: "propose", fields: { hypothesis: "It learns." }, isSweep: false },
    ],
    [
      "/propose a.b_c~d:e+f-1 --sweep\nh",
      { name: "propose", id: "a.b_c~d:e+f-1", fields, isSweep: true },
    ],
    [
      "/propose a parent='x y' metric=loss mode=min\nh",
      {
        name: "propose",
        id: "a",
        fields: { parent: "x y", metric: "loss", mode: "min", hypothesis: "h" },
        isSweep: false,
      },
    ],
    ["/hypothesis a b  c", { name: "hypothesis", id: "a", text: "b  c" }],
    ["/hypothesis a\n\nb", { name: "hypothesis", id: "a", text: "b" }],
    ["/note 'a b' c d", { name: "note", id: "a b", text: "c d" }],
    [
      '/note a it\'s "so" lr=0.1 --really',
      { name: "note", id: "a", text: 'it\'s "so" lr=0.1 --really' },
    ],
    ['/note a "b c"', { name: "note", id: "a", text: "b c" }],
    ['/note a "b\\n\\tc"  \nd', { name: "note", id: "a", text: "b\n\tc\nd" }],
    ['/note a text="b c"', { name: "note", id: "a", text: "b c" }],
    ["/note session=s a b", { name: "note", session: "s", id: "a", text: "b" }],
    ["/note a session=s b", { name: "note", session: "s", id: "a", text: "b" }],
    ["/note a b session=s", { name: "note", id: "a", text: "b session=s" }],
    ["/next-action a b", { name: "next-action", id: "a", text: "b" }],
    [
      "/result a value=-1.5e-3 acc/top@1:val=.5 status=completed --force\nGood.",
      {
        name: "result",
        id: "a",
        value: -0.0015,
        metrics: new Map([["acc/top@1:val", 0.5]]),
        status: "completed",
        text: "Good.",
        isForced: true,
      },
    ],
    [
      "/result a value=-0",
      { name: "result", id: "a", value: 0, metrics: new Map(), isForced: false },
    ],
    [
      "/result a\nGood.",
      { name: "result", id: "a", metrics: new Map(), text: "Good.", isForced: false },
    ],
    ['/approve a "b c" \'d"\' “e” ‘f’', { name: "approve", ids: ["a", "b c", 'd"', "e", "f"] }],
    ['/approve "=x" 1=2 a+b=c', { name: "approve", ids: ["=x", "1=2", "a+b=c"] }],
    ["/launch a b", { name: "launch", ids: ["a", "b"], isForced: false }],
    ["/launch a --force session=s", { name: "launch", session: "s", ids: ["a"], isForced: true }],
    [
      '/reject a "b c" too slow -- isn\'t it',
      {
        name: "reject",
        words: [
          { text: "a", isQuoted: false },
          { text: "b c", isQuoted: true },
          ...["too", "slow", "--", "isn't", "it"].map((text) => ({ text, isQuoted: false })),
        ],
      },
    ],
    [
      "/cancel a reason='b c'",
      { name: "cancel", words: [{ text: "a", isQuoted: false }], text: "b c" },
    ],
    ["/cancel a\nb\nc", { name: "cancel", words: [{ text: "a", isQuoted: false }], text: "b\nc" }],
    ["/supersede a by=b", { name: "supersede", id: "a", by: "b" }],
    ["/baseline a", { name: "baseline", id: "a" }],
    ["/target -0.5", { name: "target", value: -0.5 }],
    ["/target +3.", { name: "target", value: 3 }],
    ["/stop", { name: "stop" }],
    ["/stop out of money\nuntil May", { name: "stop", text: "out of money\nuntil May" }],
    ["/stop session=s", { name: "stop", session: "s" }],
    ["/resume session=s", { name: "resume", session: "s" }],
    ["/status", { name: "status" }],
    ["/best", { name: "best" }],
    ["/best 50", { name: "best", count: 50 }],
    ["/next", { name: "next" }],
    ["/report", { name: "report" }],
    ["/help", { name: "help" }],
  ])("%s", (body, command) => {
    const [read, ...others] = commandsOf(body);
    expect(read).toEqual(command);
    expect(others).toEqual([]);
    expect(commandsOf(renderCommand(read as never))).toEqual([command]);
  });
});

describe("the canonical form", () => {
  test.each([
    ["/NOTE   a   b", "/note a b"],
    ["/note a\nb\nc", '/note a "b\\nc"'],
    ["/note a 'say \"x\" \\ y'", '/note a say "x" \\ y'],
    ["/note a text='\"x\" \\ y'", '/note a "\\"x\\" \\\\ y"'],
    ["/note a text='session=s'", '/note a "session=s"'],
    ["/note a b\n```\n<!-- c -->\n```", '/note a "b\\n```\\n\\l!-- c --\\g\\n```"'],
    ["/result a b=1 a=2 value=0.10 session=s", "/result session=s a value=0.1 a=2 b=1"],
    ["/result a a=1 b=2 text='c'", "/result a a=1 b=2 text=c"],
    ["/propose --sweep\nh\nparent: p", "/propose parent=p hypothesis=h --sweep"],
    ["/approve 'a' '-b' 'c d'", '/approve a "-b" "c d"'],
    ["/cancel a 'b' c\nd e", '/cancel a "b" c reason="d e"'],
    ["/target 1e21", "/target 1e+21"],
  ])("of %j is %s", (body, canonical) => {
    const [command] = commandsOf(body);
    expect(renderCommand(command as never)).toBe(canonical);
    expect(commandsOf(canonical)).toEqual([command]);
  });
});

describe("told with its place:", () => {
  test.each([
    ['/approve a "b c', 12, "The quote that begins here is never closed on this line."],
    ["/approve a “b c", 12, "The quote that begins here is never closed on this line."],
    ['/approve "a"b', 13, /^Text follows a closing quote/],
    ['/approve "a\\d"', 12, /^A quoted value knows no escape "\\\\d"/],
    ['/supersede a by=b"c"', 18, /^A quote stands within a value/],
    ["/supersede a by=", 17, /^by= has no value/],
    ['/supersede a by=" "', 17, /^by= has no value/],
    ["/supersede a", 2, /^by=<id> is missing/],
    ["/supersede a by=b by=c", 19, "by= is given twice; give it once."],
    [
      "/supersede a bye=b by=c",
      14,
      /^\/supersede has no key "bye"; did you mean by=\? Its keys: by, session\./,
    ],
    ["/approve a zzzzz=b", 12, /^\/approve has no key "zzzzz"\. Its keys: session\./],
    ["/result a __proto__=1", 11, "__proto__ is no name for a key."],
    ["/result a constructor=1", 11, "constructor is no name for a key."],
    ["/approve a prototype=1", 12, "prototype is no name for a key."],
    ["/result a Value=1", 11, /^\/result has no key "Value"; did you mean value=\?/],
    ["/result a Text='x'", 11, /did you mean text=\?/],
    ["/launch a --forse", 11, /^\/launch has no flag "--forse"; did you mean --force\?/],
    ["/launch a --force --force", 19, "--force is given twice; give it once."],
    ["/reject a --slow", 11, /^\/reject has no flag "--slow"\. Text that begins/],
    ["/approve", 2, "An experiment id is missing."],
    ["/approve ''", 10, "An experiment id is empty."],
    ["/approve a b a", 14, '"a" is named twice; name it once.'],
    ["/baseline a b", 13, /^\/baseline takes one experiment id/],
    ["/reject", 2, "An experiment id is missing."],
    ["/reject ''", 9, "An experiment id is empty."],
    [
      "/reject a reason='b'\nc",
      18,
      "The text is given twice: as reason= and on the lines below. Give it once.",
    ],
    ["/note a", 2, /^The text is missing/],
    ["/note a text=b c", 14, "The text is given twice: as text= and as plain text. Give it once."],
    ["/note a 'b' c", 13, /^Text follows a closing quote; a text that begins with a quote/],
    ["/note a 'b", 9, "The quote that begins here is never closed on this line."],
    ["/note lr=1 b", 7, /^\/note has no key "lr"/],
    ["/note session=S a b", 15, /^"S" is no session's name/],
    ["/result a", 2, /^Nothing is said about the result/],
    ["/result a value=NaN", 17, /^"NaN" is no finite decimal number/],
    ["/result a value=1e999", 17, /^"1e999" is no finite/],
    ["/result a x=0x10", 13, /^"0x10" is no finite/],
    ["/result a x=1,5", 13, /^"1,5" is no finite/],
    ["/result a x=1_0", 13, /^"1_0" is no finite/],
    ["/result a x=.", 13, /^"\." is no finite/],
    ["/result a x=١", 13, /is no finite/],
    ["/result a status=done", 18, /^"done" is no status. The statuses: planned/],
    ["/result a status=complete", 18, /^"complete" is no status; did you mean completed\?/],
    ["/target", 2, "The value is missing."],
    ["/target 1 2", 11, "/target takes one value."],
    ["/target high", 9, /^"high" is no finite/],
    ["/best 0", 7, '"0" is no whole number from 1 to 50.'],
    ["/best 51", 7, /^"51" is no whole number/],
    ["/best 1.5", 7, /^"1\.5" is no whole number/],
    ["/best 1 2", 9, "/best takes one number."],
    ["/resume now", 9, "/resume takes no arguments."],
    ["/status 😀 x", 9, "/status takes no arguments."],
    ["/best 😀 1", 7, /^"😀" is no whole number|ud83d/],
    [`/propose a b${H}`, 12, /^\/propose takes one new id on its line; put the hypothesis/],
    [`/propose -a${H}`, 10, /^"-a" cannot be a new experiment's id/],
    [`/propose ${"a".repeat(101)}${H}`, 10, /cannot be a new experiment's id/],
    [`/propose a mode=up${H}`, 17, /^"up" is no mode/],
    ["/propose a", 2, /^The hypothesis is missing/],
  ])("%s", (body, column, sentence) => {
    const [problem] = problemsOf(body);
    const source = body.split("\n")[0];
    const name = commandNamed((source?.split(" ")[0] ?? "").slice(1));
    expect(problem).toMatchObject({ line: 1, column, source });
    expect(problem?.sentence).toMatch(sentence);
    expect(problem?.usage).toBe(name && COMMANDS[name].usage);
  });

  test("all problems of a comment, in their order", () => {
    const problems = problemsOf("/approve a a --now\n\n/target x\n/status\n/best 0 1");
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [1, 12],
      [1, 14],
      [3, 9],
      [5, 7],
      [5, 9],
    ]);
  });

  test("columns count characters, not their halves", () => {
    expect(problemsOf("/approve 😀 😀")[0]?.column).toBe(12);
  });
});

test.each(["/result b value=", "/result b acc=", "/result b status=", "/approve b session="])(
  "a key without a value is one error: %s",
  (body) => {
    expect(problemsOf(body)).toEqual([
      expect.objectContaining({ sentence: expect.stringContaining("= has no value") }),
    ]);
  },
);

describe("limits", () => {
  test("an argument is at most 4 KiB", () => {
    expect(commandsOf(`/approve ${"a".repeat(4096)}`)).toHaveLength(1);
    expect(problemsOf(`/approve ${"ä".repeat(2049)}`)[0]).toMatchObject({
      column: 10,
      sentence: "An argument is at most 4 KiB long.",
    });
  });

  test.each(["hypothesis", "expect", "change", "command", "config", "task"])(
    "an argument %s= is no longer either, though the text below may be",
    (key) => {
      const why = key === "hypothesis" ? "" : "\nWhy.";
      expect(commandsOf(`/propose a ${key}="${"x".repeat(4096)}"${why}`)).toHaveLength(1);
      expect(problemsOf(`/propose a ${key}="${"x".repeat(4097)}"${why}`)).toEqual([
        expect.objectContaining({ sentence: "An argument is at most 4 KiB long." }),
      ]);
      expect(commandsOf(`/propose a${why}\n${key}: ${"x".repeat(4097)}`)).toHaveLength(1);
    },
  );

  test("an argument text= or reason= neither", () => {
    for (const body of [
      `/note a text=${"b".repeat(4097)}`,
      `/reject a reason=${"b".repeat(4097)}`,
    ]) {
      expect(problemsOf(body)[0]?.sentence).toBe("An argument is at most 4 KiB long.");
    }
  });

  test("a text is at most 16 KiB, wherever it stands", () => {
    expect(commandsOf(`/note a ${"b".repeat(16_384)}`)).toHaveLength(1);
    const sentence = expect.stringMatching(/^The text of a command is at most 16 KiB/);
    for (const body of [
      `/note a ${"b".repeat(16_385)}`,
      `/note a\n${"b".repeat(16_385)}`,
      `/propose\n${"b".repeat(9000)}\nchange: ${"b".repeat(9000)}`,
      `/reject a${` ${"b".repeat(4000)}`.repeat(5)}`,
      `/cancel a ${"b".repeat(4000)}\n${"b".repeat(13_000)}`,
      `/cancel a\n${"b".repeat(16_385)}`,
    ]) {
      expect(problemsOf(body)).toEqual([expect.objectContaining({ sentence, column: 2 })]);
    }
  });

  test("a command has at most 64 arguments", () => {
    const ids = Array.from({ length: 65 }, (_, index) => `a${index}`);
    expect(commandsOf(`/approve ${ids.slice(1).join(" ")}`)).toHaveLength(1);
    expect(problemsOf(`/approve ${ids.join(" ")}`)).toEqual([
      expect.objectContaining({ column: 256, sentence: "A command has at most 64 arguments." }),
    ]);
  });
});

test.each(Object.entries(COMMANDS))("the example of /%s is such a command", (name, { example }) => {
  expect(commandsOf(example).map((command) => command.name)).toEqual([name]);
});

test("names that objects have are no commands", () => {
  expect(commandNamed("constructor")).toBeUndefined();
  expect(commandNamed("Status")).toBe("status");
});

describe("beside a command that is not understood", () => {
  test.each([
    ["/nope\n/note a x\n/note b y", ["a", "b"]],
    ["/propose a foo=1\nh\n\n/note b y", ["b"]],
    ["/propose a foo=1\nh\n\n/propose b parent=a\nh\n\n/note b y\n/note c z", ["c"]],
    ["/propose foo=1\nh\n\n/note a x", ["a"]],
    ["/propose a foo=1\nh\n\n/baseline a\n/note c z", ["c"]],
  ])("others are read but what is about a proposal that was not: %j", (body, ids) => {
    const read = parseComment(body);
    const commands = read.kind === "invalid" ? read.commands : [];
    expect(commands.map(({ command }) => "id" in command && command.id)).toEqual(ids);
  });

  test.each(["/approve b a", "/cancel a", "/supersede b by=a", "/supersede a by=b"])(
    "%s is about a lost a",
    (line) => {
      const read = parseComment(`/propose a foo=1\nh\n\n${line}`);
      expect(read).toMatchObject({ kind: "invalid", commands: [] });
    },
  );
});

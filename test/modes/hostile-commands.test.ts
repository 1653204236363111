import { describe, expect, test } from "vitest";
import type { Command } from "../../src/core/command/command.ts";
import { FORM_FIELDS } from "../../src/core/command/form-fields.ts";
import { decodeLedger } from "../../src/core/command/ledger-codec.ts";
import { parseComment } from "../../src/core/command/parse-comment.ts";
import { renderCommand } from "../../src/core/command/render-command.ts";
import { storableText } from "../../src/core/log/storable-text.ts";
import { parseArgv } from "../../src/core/session/parse-argv.ts";
import { parseSettings } from "../../src/core/session/parse-settings.ts";
import { safeLines } from "../../src/core/text/safe-log.ts";
import { type CommandResult, command } from "../../src/modes/command.ts";
import type { IncomingComment } from "../../src/modes/read-comment.ts";
import { HOSTILE_TEXTS } from "../builders/hostile-texts.ts";
import { cellsOf, logText, NOW, readLog } from "../builders/log.ts";
import {
  announcementOf,
  clock,
  commandPortsOf,
  reporterOf,
  request,
  SETTINGS,
} from "../builders/modes.ts";
import { xaxStatus } from "../builders/xax.ts";
import { liveIn, nodesOf, parseMarkdown } from "../core/report/markdown-tree.ts";
import { createFakePermissions } from "../fakes/command-ports.ts";
import { createFakeComments } from "../fakes/comments.ts";
import { createFakeQueue } from "../fakes/queue.ts";
import { createFakeStore } from "../fakes/store.ts";
import { workflowCommands } from "../support/workflow-commands.ts";

const [LOG, LEDGER] = ["experiment_log.csv", "command_log.csv"];
const TIMES = { created_at: NOW, updated_at: NOW };
const ROWS = logText([
  { experiment_id: "base", status: "completed", command: "train --lr=1", ...TIMES },
  { experiment_id: "live", status: "running", queue_job_id: "job-1", ...TIMES },
  { experiment_id: "plan", status: "planned", hypothesis: "why", ...TIMES },
  { experiment_id: "open", status: "planned", hypothesis: "why", ...TIMES },
]);

interface Ran {
  readonly result: CommandResult;
  readonly committed: readonly string[];
  readonly report: string;
  row(id: string): Partial<Record<string, string>>;
}

/** Takes a comment, and looks through everything that is said, answered, reported and committed because of it. */
async function take(body: string, comment: Partial<IncomingComment> = {}): Promise<Ran> {
  const author = { login: "alice", id: "1", isBot: false };
  const incoming: IncomingComment = {
    id: "7",
    kind: "comment",
    target: { kind: "comment", id: 7 },
    issue: 1,
    url: "https://github.test/comments/7",
    body,
    author,
    isEdited: false,
    ...comment,
  };
  const comments = createFakeComments();
  const reporter = reporterOf();
  const store = createFakeStore({ mnist: { "session.yml": SETTINGS, [LOG]: ROWS } });
  const ports = {
    ...commandPortsOf(comments),
    permissions: createFakePermissions({ [incoming.author.login]: "admin" }),
    store,
    clock,
    reporter,
    queue: createFakeQueue(xaxStatus()),
    announcement: announcementOf(comments),
  };
  const result = await command(ports, incoming, request);
  const said = [...reporter.said, ...reporter.warned, "sentence" in result ? result.sentence : ""];
  expect(workflowCommands(said.map(safeLines).join("\n"))).toEqual([]);
  for (const { body: posted } of comments.thread) expectInert(posted);
  const texts = store.texts("mnist");
  for (const message of store.messages) expect(message).toMatch(MESSAGE);
  const log = readLog(String(texts[LOG]));
  decodeLedger(Buffer.from(texts[LEDGER] ?? ""), LEDGER);
  parseSettings(String(texts["session.yml"]), "session.yml");
  const row = (id: string) => cellsOf(log, log.rowOf(id) ?? -1);
  const report = texts["experiment_report.md"] ?? "";
  return { result, committed: store.messages, row, report };
}

/** A subject of ours, then a line for each experiment in which nothing mentions or closes anything. */
const MESSAGE =
  /^mnist: [a-z, -]+\n\n(?:- [A-Za-z0-9._~/:=+ -]+(?: → [a-z]+)?(?: \([^()@#]*\))?\n)*\n?\[skip ci\]$/;
const MARKER = /^(?:<!-- experiment-monitor:(?:reply|report) [^<>]* -->)?\n/;
const OURS = "https://github.test/";

/** Nothing but our own links and our own marker acts. */
function expectInert(posted: string): void {
  const markdown = posted.replace(MARKER, "");
  expect(markdown).not.toContain("<!--");
  const root = parseMarkdown(markdown);
  expect(liveIn(root).filter((found) => found !== "link")).toEqual([]);
  const links = nodesOf(root).flatMap((node) => (node.type === "link" ? [node.url] : []));
  expect(links.filter((url) => !url.startsWith(OURS) && url !== "experiment_log.csv")).toEqual([]);
  expect(parseComment(posted)).toEqual({ kind: "none" });
}

/** A text as a comment and a cell can hold it. */
function held(text: string): string {
  return storableText(text.replace(/[\0\r]/g, "").trim());
}

const SIGNED = `alice (${NOW.slice(0, 10)}): `;

/** Bytes; longer texts do not fit into all fields of one proposal. */
const LONG = 1500;

/** Every text of every command, in its canonical form, and the cell that holds it then. */
function commandsOf(text: string): readonly (readonly [Command, string, string, string])[] {
  const isShort = Buffer.byteLength(text) < LONG;
  const isCommand = isShort && parseArgv(text).kind === "argv";
  const fields = {
    hypothesis: text,
    ...(isShort ? { expect: text, change: text, config: text, task: text, metric: text } : {}),
    ...(isCommand ? { command: text } : {}),
  };
  const proposed = isShort
    ? (["hypothesis", `${text} Expected: ${text}`] as const)
    : (["hypothesis", text] as const);
  return [
    [{ name: "propose", id: "new", fields, isSweep: true }, "new", ...proposed],
    [{ name: "note", id: "base", text }, "base", "notes", SIGNED + indented(text)],
    [{ name: "next-action", id: "base", text }, "base", "next_action", text],
    [{ name: "hypothesis", id: "plan", text }, "plan", "hypothesis", text],
    [
      { name: "result", id: "live", metrics: new Map(), isForced: false, text },
      "live",
      "result_summary",
      text,
    ],
    [
      { name: "reject", words: [{ text: "open", isQuoted: false }], text },
      "open",
      "result_summary",
      `rejected by alice: ${text}`,
    ],
    [{ name: "stop", text }, "", "", ""],
  ];
}

/** A note's further lines, so that none of them passes for a note that somebody else signed. */
function indented(text: string): string {
  return text.replace(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/g, "$&  ");
}

/** What opens a `<details>` hides the commands after it, and a comment holds 64 KiB. */
function mayStandTogether(text: string): boolean {
  return !text.includes("<details") && Buffer.byteLength(text) < LONG;
}

const FILLED = HOSTILE_TEXTS.filter((text) => held(text) !== "");

test("there are at least 300 hostile texts", () => {
  expect(FILLED.length).toBeGreaterThanOrEqual(300);
});

/** What one argument holds; longer ones stand on the lines below, as the next test has them. */
const FITTING = FILLED.filter((payload) => Buffer.byteLength(held(payload)) <= 4096);

describe("a hostile text", () => {
  test.each(FITTING)(
    "%j as the text of every command is recorded exactly, and acts nowhere",
    async (payload) => {
      const text = held(payload);
      const given = commandsOf(text);
      for (const together of mayStandTogether(text) ? [given] : given.map((one) => [one])) {
        // A code span that one of them opens does not go on in the next paragraph.
        const body = together.map(([one]) => renderCommand(one)).join("\n\n");
        const { result, row, committed, report } = await take(body);
        expect(result).toMatchObject({ kind: "done" });
        expect(committed).toHaveLength(1);
        expectInert(`\n${report}`);
        for (const [, id, column, cell] of together) {
          if (id !== "") expect(row(id)[column]).toBe(cell);
        }
      }
    },
  );

  test.each(FILLED)(
    "%j on lines below, in a form, as a key, a name, an id or a login acts nowhere",
    async (payload) => {
      const isCommand = parseArgv(payload).kind === "argv";
      const lines = ["hypothesis", "expect", "change", "config", "task", "metric"];
      const below = [...lines, ...(isCommand ? ["command"] : [])].map(
        (field) => `${field}: ${payload}`,
      );
      const by = { author: { login: payload, id: "1", isBot: false } };
      const said = [
        await take(`/propose below\n${below.join("\n")}`, by),
        await take(`/note base\n${payload}\n\n/stop ${payload}\n\n/reject plan not now`, by),
        await take(formOf(payload, FORM_TEXTS), ISSUE),
      ];
      recorded += said.filter(({ result }) => result.kind === "done").length;
      const everywhere = await take(formOf(payload, [...FORM_FIELDS.keys()]), ISSUE);
      expect(everywhere.committed).toEqual([]);
      const wrong = await take(wrongOf(payload.replace(/[\0\r\n]/g, " ")));
      expect(wrong.result.kind).toBe("refused");
      expect(wrong.committed).toEqual([]);
    },
  );

  test.each(FILLED)("%j in masked text gives no command", async (payload) => {
    const line = payload.replace(/[\0\r\n]/g, " ").slice(0, 4000);
    const masked = [
      `${"~".repeat(20)}\n/stop ${line}\n${"~".repeat(20)}`,
      `> /stop ${line}`,
      `    /stop ${line}`,
      `<!--\n/stop ${line.replaceAll("-->", "")}\n-->`,
    ];
    const { result, committed } = await take(masked.join("\n\n"));
    expect(result.kind).toBe("ignored");
    expect(committed).toEqual([]);
  });
});

/** Of the texts on lines below and in forms; others are refused, since they hold what means something there. */
let recorded = 0;

test("most texts on lines below and in forms were recorded", () => {
  expect(recorded).toBeGreaterThan(2 * FILLED.length);
});

const FORM_TEXTS = ["Hypothesis", "Expected outcome", "Change", "Config", "Task", "Metric"];
const ISSUE = { kind: "issue-form", id: "issue-7", target: { kind: "issue", id: 7 } } as const;

function formOf(payload: string, labels: readonly string[]): string {
  return labels.map((label) => `### ${label}\n\n${payload}\n`).join("\n");
}

/** A text where only certain words may stand. */
function wrongOf(payload: string): string {
  return [
    `/propose ${payload}`,
    `/note nobody-knows ${payload}`,
    `/note ${payload}`,
    `/result base ${payload}=1 value=${payload}`,
    `/supersede base by=${payload}`,
    `/baseline ${payload}`,
    `/target ${payload}`,
    `/best ${payload}`,
    `/status session=${payload}`,
    `/${payload}`,
  ].join("\n");
}

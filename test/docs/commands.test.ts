import { afterAll, beforeAll, expect, it } from "vitest";
import type { CommandName, PlacedCommand } from "../../src/core/command/command.ts";
import { parseComment } from "../../src/core/command/parse-comment.ts";
import { COMMANDS } from "../../src/core/command/registry.ts";
import { type Block, readPage } from "./pages.ts";
import { createRepositoryPlayground, type Playground } from "./playground.ts";

/** The examples of docs/commands.md are given one after the other to one session, as comments of a reader. */
const page = readPage("docs/commands.md");
const setUp = page.blocks.filter(({ language }) => language === "sh");
const examples = page.blocks.filter(
  ({ language, text }) => language === "text" && text.startsWith("/"),
);

let playground: Playground;

beforeAll(async () => {
  playground = await createRepositoryPlayground();
  for (const { text } of setUp) {
    const { exitCode, output } = await playground.run(`set -eu\n${text}`);
    expect(exitCode, output).toBe(0);
  }
});
afterAll(() => playground.close());

it("has an example of every command", () => {
  const shown = new Set(examples.flatMap(namesIn));
  expect([...shown].toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
});

it.each(examples.map((block) => ({ ...block, title: block.text.split("\n")[0] })))(
  "line $line: $title",
  async (block) => {
    const { exitCode, output } = await giveCommand(block.text);
    expect(exitCode, output).toBe(0);
    const names = namesIn(block);
    const isQuestion = names.every((name) => !COMMANDS[name].changes);
    const result = JSON.parse(output) as Result;
    expect(result.decision).toBe(isQuestion ? "answered" : "applied");
    expect(result.commands.map(({ command }) => command)).toEqual(names);
    expect(result.reply).not.toBe("");
  },
);

it("leaves a log and a ledger that are valid", async () => {
  const { exitCode, output } = await playground.run("experiment-monitor check");
  expect(exitCode, output).toBe(0);
});

it("says who gave which command", async () => {
  const { output } = await playground.run("cat experiments/mnist/command_log.csv");
  expect(output).toContain(",ann,");
  expect(output).toContain("/supersede lr-1e-5 by=lr-1e-3");
});

interface Result {
  readonly decision: string;
  readonly commands: readonly { readonly command: string }[];
  readonly reply: string;
}

/** stdout alone: what people read goes to stderr. */
function giveCommand(body: string) {
  const quoted = `'${body.replaceAll("'", "'\\''")}'`;
  const flags = "--experiment-name mnist --actor ann --body-file comment.md";
  return playground.run(
    `printf '%s\\n' ${quoted} > comment.md && experiment-monitor command ${flags} 2> errors || { cat errors; exit 1; }`,
  );
}

function namesIn({ text }: Block): readonly CommandName[] {
  const parsed = parseComment(text);
  expect(parsed.kind, text).toBe("commands");
  const commands: readonly PlacedCommand[] = parsed.kind === "commands" ? parsed.commands : [];
  return commands.map(({ command }) => command.name);
}

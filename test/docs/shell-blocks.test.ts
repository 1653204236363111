/*
 * The commands of README.md and docs are run as they stand. A page has one fresh repository, in which its
 * blocks run one after the other, as a reader would type them:
 *
 *   ```sh        commands; they are run when `experiment-monitor`, `node` or `npm` is among them, and must succeed.
 *                Blocks that begin with `npm` or `node scripts/` run in a copy of this project.
 *   ```console   lines that begin with `$ ` are run, the lines below are compared with what was printed;
 *                `…` stands for any text of a line, and a line of nothing else for any lines.
 */
import { afterAll, describe, expect, it } from "vitest";
import { type Block, readPages } from "./pages.ts";
import {
  createProjectPlayground,
  createRepositoryPlayground,
  type Playground,
} from "./playground.ts";

const OURS = /^(?:\$ )?(?:\w+=\S* )*(?:experiment-monitor|node|npm|npx)\b/m;
const OF_PROJECT = /^(?:\$ )?(?:npm|npx|node (?:scripts|bench)\/)/m;

const pages = readPages().map(({ path, blocks }) => ({
  path,
  blocks: blocks.filter(isRun).map((block) => ({ ...block, title: titleOf(block) })),
}));

describe.each(pages.filter(({ blocks }) => blocks.length > 0))("$path", ({ blocks }) => {
  const open = new Map<string, Promise<Playground>>();
  const playgroundOf = (block: Block) => {
    const [name, create] = OF_PROJECT.test(block.text)
      ? (["project", createProjectPlayground] as const)
      : (["repository", createRepositoryPlayground] as const);
    const playground = open.get(name) ?? create();
    open.set(name, playground);
    return playground;
  };

  afterAll(async () => {
    for (const playground of open.values()) await (await playground).close();
  });

  it.each(blocks)("line $line: $title", async (block) => {
    const playground = await playgroundOf(block);
    if (block.language === "sh") await expectSuccess(playground, block);
    else await expectTranscript(playground, block);
  });
});

it("finds commands on the first page a newcomer sees", () => {
  const [readme] = pages;
  expect(readme?.path).toBe("README.md");
  expect(readme?.blocks.length).toBeGreaterThan(3);
});

function isRun({ language, text }: Block): boolean {
  return language === "console" || (language === "sh" && OURS.test(text));
}

function titleOf({ text }: Block): string {
  return OURS.exec(text) === null ? text.slice(0, 60) : (text.split("\n").find(isOurs) ?? "");
}

function isOurs(line: string): boolean {
  return OURS.test(line);
}

async function expectSuccess(playground: Playground, { text }: Block): Promise<void> {
  const { exitCode, output } = await playground.run(`set -eu\n${text}`);
  expect(exitCode, output).toBe(0);
}

async function expectTranscript(playground: Playground, { text }: Block): Promise<void> {
  const script = scriptOf(text);
  const { output } = await playground.run(script);
  const printed = output.split("\n").map((line) => line.trimEnd());
  const shown = text.split("\n").map((line) => line.trimEnd());
  expect(printed.join("\n")).toMatch(patternOf(shown));
}

/** Every command, printed before it is run; the exit code of the last one stays what `$?` says. */
function scriptOf(transcript: string): string {
  const commands = transcript.split(/^\$ /m).slice(1).map(commandOf);
  const steps = commands.map(
    ({ shown, command }) => `printf '%s\\n' ${quote(shown)}; (exit $last); ${command}\nlast=$?`,
  );
  return ["last=0", ...steps].join("\n");
}

/** The first line, and those after it that begin with `> `. */
function commandOf(step: string): { readonly shown: string; readonly command: string } {
  const [first = "", ...rest] = step.split("\n");
  const end = rest.findIndex((line) => !line.startsWith("> "));
  const more = rest.slice(0, end < 0 ? rest.length : end);
  const command = [first, ...more.map((line) => line.slice(2))].join("\n");
  return { shown: [`$ ${first}`, ...more].join("\n"), command };
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function patternOf(lines: readonly string[]): RegExp {
  const patterns = lines.map((line) =>
    line === "…" ? "(?:.*\n)*?.*" : line.split("…").map(escapePattern).join(".*"),
  );
  return new RegExp(`^${patterns.join("\n")}\n*$`);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

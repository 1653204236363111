import fc from "fast-check";
import type { Command, CommandName, ProposalFields, Word } from "../../src/core/command/command.ts";
import { MODES, STATUSES } from "../../src/core/log/columns.ts";

/** Pieces that have a meaning somewhere in a command or in markdown. */
const PIECES = [
  " ",
  "  ",
  "\t",
  "\n",
  "\n\n",
  '"',
  "'",
  "“",
  "”",
  "\\",
  "\\n",
  "`",
  "```",
  "~~~",
  "*",
  "_",
  "[",
  "](b)",
  "<!--",
  "-->",
  "<",
  ">",
  "<details>",
  "|",
  "#",
  "=",
  "---",
  "- ",
  "/note x",
  "\n/status\n",
  "\nparent: x\n",
  "hypothesis:",
  "session=a",
  "text=b",
  "--force",
  "lr=0.1",
  "a",
  "word",
  "é",
  "😀",
  "\u00a0",
  "\u202e",
  "\ud800",
  "@ann",
  "&amp;",
  "www.a.b",
  "0.5",
];

/** Text as a comment can hold it: without NUL and carriage returns. */
export const anyText: fc.Arbitrary<string> = fc
  .oneof(
    {
      weight: 3,
      arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((all) => all.join("")),
    },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
  )
  .map((text) => text.replace(/[\0\r]/g, ""));

/** Text as commands hold it: something, with nothing blank around it. */
export const commandText: fc.Arbitrary<string> = anyText
  .map((text) => text.trim())
  .filter((text) => text !== "");

const id = anyText.filter((text) => text.trim() !== "");
const ids = fc.uniqueArray(id, { minLength: 1, maxLength: 5 });
const number = fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => value + 0);
const session = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,20}y$/);
const newId = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._~:+-]{0,20}$/);
const metric = fc
  .stringMatching(/^[A-Za-z_][\w./@:-]{0,20}$/)
  .filter(
    (name) =>
      !["value", "status", "text", "session"].includes(name.toLowerCase()) &&
      !["__proto__", "constructor", "prototype"].includes(name),
  );
const words: fc.Arbitrary<Word[]> = fc.array(
  fc.oneof(
    fc.stringMatching(/^[a-z(][\w.,;!?'()/-]{0,10}$/).map((text) => ({ text, isQuoted: false })),
    id.map((text) => ({ text, isQuoted: true })),
  ),
  { minLength: 1, maxLength: 6 },
);

/** A record of which the values may be absent. */
function some<T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) {
  return fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

const fields = fc
  .tuple(
    commandText,
    some<ProposalFields>({
      parent: id,
      expect: commandText,
      change: commandText,
      command: commandText,
      config: commandText,
      task: commandText,
      metric: commandText,
      mode: fc.constantFrom(...MODES),
    }),
  )
  .map(([hypothesis, others]) => ({ ...others, hypothesis }));

/** Any command that a comment can give. */
export const anyCommand: fc.Arbitrary<Command> = fc
  .tuple(
    fc.oneof(
      fc
        .tuple(fields, fc.boolean(), some({ id: newId }))
        .map(([given, isSweep, rest]) => ({ name: "propose", fields: given, isSweep, ...rest })),
      fc.record({
        name: fc.constantFrom("hypothesis", "note", "next-action"),
        id,
        text: commandText,
      }),
      fc
        .tuple(
          id,
          fc.boolean(),
          fc.array(fc.tuple(metric, number), { maxLength: 3 }),
          some({ value: number, status: fc.constantFrom(...STATUSES), text: commandText }),
        )
        .map(([about, isForced, metrics, rest]) => ({
          name: "result",
          id: about,
          isForced,
          metrics: new Map(metrics),
          ...rest,
        }))
        .filter((one) => one.metrics.size > 0 || Object.keys(one).length > 4),
      fc.record({ name: fc.constant("approve"), ids }),
      fc.record({ name: fc.constant("launch"), ids, isForced: fc.boolean() }),
      fc
        .tuple(fc.constantFrom("reject", "cancel"), words, some({ text: commandText }))
        .map(([name, all, rest]) => ({ name, words: all, ...rest })),
      fc.record({ name: fc.constant("supersede"), id, by: id }),
      fc.record({ name: fc.constant("baseline"), id }),
      fc.record({ name: fc.constant("target"), value: number }),
      some({ text: commandText }).map((rest) => ({ name: "stop", ...rest })),
      some({ count: fc.integer({ min: 1, max: 50 }) }).map((rest) => ({ name: "best", ...rest })),
      fc.record({
        name: fc.constantFrom<CommandName>("resume", "status", "next", "report", "help"),
      }),
    ),
    some({ session }),
  )
  .map(([command, rest]) => ({ ...command, ...rest }) as Command);

import type { Command } from "./command.ts";
import { PROPOSAL_FIELDS } from "./proposal-fields.ts";
import { opensQuote } from "./tokenise.ts";

/** A command in its canonical form: one line without a prefix, which `parseComment` reads as the same command. */
export function renderCommand(command: Command): string {
  const session = command.session === undefined ? [] : [`session=${command.session}`];
  return [`/${command.name}`, ...session, ...argumentsOf(command)].join(" ");
}

function argumentsOf(command: Command): readonly string[] {
  switch (command.name) {
    case "propose":
      return proposal(command);
    case "hypothesis":
    case "note":
    case "next-action":
      return [value(command.id), text(command.text)];
    case "result":
      return result(command);
    case "approve":
      return command.ids.map(value);
    case "launch":
      return [...command.ids.map(value), ...flag("force", command.isForced)];
    case "reject":
    case "cancel":
      return [
        ...command.words.map((word) => (word.isQuoted ? quote(word.text) : word.text)),
        ...pair("reason", command.text),
      ];
    case "supersede":
      return [value(command.id), ...pair("by", command.by)];
    case "baseline":
      return [value(command.id)];
    case "target":
      return [String(command.value)];
    case "stop":
      return command.text === undefined ? [] : [text(command.text)];
    case "best":
      return command.count === undefined ? [] : [String(command.count)];
    default:
      return [];
  }
}

function proposal({ id, fields, isSweep }: Command & { name: "propose" }): string[] {
  return [
    ...(id === undefined ? [] : [value(id)]),
    ...PROPOSAL_FIELDS.flatMap((field) => pair(field, fields[field])),
    ...flag("sweep", isSweep),
  ];
}

function result(command: Command & { name: "result" }): string[] {
  const metrics = [...command.metrics].sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    value(command.id),
    ...pair("value", command.value),
    ...metrics.flatMap(([name, number]) => pair(name, number)),
    ...pair("status", command.status),
    ...pair("text", command.text),
    ...flag("force", command.isForced),
  ];
}

function flag(name: string, isSet: boolean): string[] {
  return isSet ? [`--${name}`] : [];
}

function pair(key: string, given: string | number | undefined): string[] {
  if (given === undefined) return [];
  return [`${key}=${typeof given === "number" ? given : value(given)}`];
}

const BARE = /^[A-Za-z0-9][\w.~:+/@%,-]*$/;

function value(given: string): string {
  return BARE.test(given) ? given : quote(given);
}

const NEEDS_QUOTES = /[\n\t]|<!--|-->|^(?:session|text)=/;

/** Text at the end of a line has no grammar, unless it begins like something that has. */
function text(given: string): string {
  return opensQuote(given, 0) || NEEDS_QUOTES.test(given) ? quote(given) : given;
}

const ESCAPED: ReadonlyMap<string, string> = new Map([
  ["\\", "\\\\"],
  ['"', '\\"'],
  ["\n", "\\n"],
  ["\t", "\\t"],
  // Otherwise markdown could see an HTML comment, and what is in one is not read. A backslash before the bracket would not
  // do: where it ends an address, markdown takes it for a part of that.
  ["<!--", "\\l!--"],
  ["-->", "--\\g"],
]);

function quote(given: string): string {
  return `"${given.replace(/[\\"\n\t]|<!--|-->/g, (found) => ESCAPED.get(found) as string)}"`;
}

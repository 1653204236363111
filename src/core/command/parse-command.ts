import { STATUSES, type Status } from "../log/columns.ts";
import { nearestName } from "../text/nearest-name.ts";
import { parseNumber } from "../text/parse-number.ts";
import { present } from "../text/present.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import type { Command, CommandName } from "./command.ts";
import {
  addMissing,
  addTooMany,
  type Draft,
  draftOf,
  rawDraftOf,
  takeId,
  takeIds,
  takeReason,
  takeSession,
  takeText,
} from "./draft.ts";
import { parsePropose } from "./parse-propose.ts";
import type { Recognised } from "./recognise.ts";
import type { Fault, Value } from "./tokenise.ts";

/** A command as it was written, and what is wrong with it; with a fault it means nothing. */
export interface ParsedCommand {
  readonly command: Command;
  readonly faults: readonly Fault[];
}

/** Reads the arguments and the text of a command. */
export function parseCommand(name: CommandName, recognised: Recognised): ParsedCommand {
  return PARSERS[name](name as never, recognised);
}

type Parser<N extends CommandName> = (name: N, recognised: Recognised) => ParsedCommand;

const PARSERS: { readonly [N in CommandName]: Parser<N> } = {
  propose: (name, recognised) => finish(draftOf(name, recognised), parsePropose),
  hypothesis: parseText,
  note: parseText,
  "next-action": parseText,
  result: (name, recognised) => finish(draftOf(name, recognised), parseResult),
  approve: (name, recognised) =>
    finish(draftOf(name, recognised), (draft) => ({ name, ids: takeIds(draft, MANY) })),
  launch: (name, recognised) =>
    finish(draftOf(name, recognised), (draft) => ({
      name,
      ids: takeIds(draft, MANY),
      isForced: draft.flags.has("force"),
    })),
  reject: parseWords,
  cancel: parseWords,
  supersede: (name, recognised) => finish(draftOf(name, recognised), parseSupersede),
  baseline: (name, recognised) =>
    finish(draftOf(name, recognised), (draft) => ({ name, id: takeId(draft) })),
  target: (name, recognised) => finish(draftOf(name, recognised), parseTarget),
  stop: (name, recognised) => {
    const draft = rawDraftOf(name, recognised, 0);
    return finish(draft, () => ({
      name,
      ...present({ text: takeText(draft, "text", draft.rest) }),
    }));
  },
  best: (name, recognised) => finish(draftOf(name, recognised), parseBest),
  resume: parsePlain,
  status: parsePlain,
  next: parsePlain,
  report: parsePlain,
  help: parsePlain,
};

/** More ids than a command has arguments. */
const MANY = Number.POSITIVE_INFINITY;

/** Reads what is the command's own, then `session=`. */
function finish(draft: Draft, read: (draft: Draft) => Command): ParsedCommand {
  const own = read(draft);
  const command: Command = { ...own, ...present({ session: takeSession(draft) }) };
  return { command, faults: draft.faults };
}

function parseText(
  name: "hypothesis" | "note" | "next-action",
  recognised: Recognised,
): ParsedCommand {
  const draft = rawDraftOf(name, recognised, 1);
  return finish(draft, () => {
    const id = takeId(draft);
    const text = takeText(draft, "text", draft.rest);
    if (text === undefined) {
      addMissing(draft, "The text is missing; write it behind the id or on the lines below.");
    }
    return { name, id, text: text ?? "" };
  });
}

function parseWords(name: "reject" | "cancel", recognised: Recognised): ParsedCommand {
  return finish(draftOf(name, recognised), (draft) => {
    const [first] = draft.words;
    if (first === undefined) addMissing(draft, "An experiment id is missing.");
    else if (first.text.trim() === "") {
      draft.faults.push({ at: first.at, sentence: "An experiment id is empty." });
    }
    const words = draft.words.map(({ text, isQuoted }) => ({ text, isQuoted }));
    return { name, words, ...present({ text: takeReason(draft) }) };
  });
}

/** Keys of `/result` that are no metrics. */
const NO_METRIC: ReadonlySet<string> = new Set(["value", "status", "text", "session"]);

function parseResult(draft: Draft): Command {
  const id = takeId(draft);
  const metrics = new Map<string, number>();
  for (const [key, value] of draft.values) {
    if (!NO_METRIC.has(key)) metrics.set(key, takeNumber(draft, value));
  }
  const objective = draft.values.get("value");
  const value = objective && takeNumber(draft, objective);
  const status = takeStatus(draft);
  const text = takeText(draft, "text");
  if (draft.values.size === 0 && text === undefined) {
    addMissing(
      draft,
      "Nothing is said about the result; give a value, a metric, a status or a text.",
    );
  }
  const isForced = draft.flags.has("force");
  return { name: "result", id, metrics, isForced, ...present({ value, status, text }) };
}

function takeNumber(draft: Draft, { text, at }: Value): number {
  const value = parseNumber(text);
  if (value !== undefined) return value;
  draft.faults.push({
    at,
    sentence: `${quoteUntrusted(text)} is no finite decimal number such as 0.25, -3 or 1e-4.`,
  });
  return 0;
}

function takeStatus(draft: Draft): Status | undefined {
  const value = draft.values.get("status");
  if (value === undefined) return undefined;
  const status = STATUSES.find((known) => known === value.text);
  if (status !== undefined) return status;
  const near = nearestName(value.text, STATUSES);
  draft.faults.push({
    at: value.at,
    sentence: `${quoteUntrusted(value.text)} is no status${near === undefined ? "." : `; did you mean ${near}?`} The statuses: ${STATUSES.join(", ")}.`,
  });
  return undefined;
}

function parseSupersede(draft: Draft): Command {
  const id = takeId(draft);
  const by = draft.values.get("by");
  if (by === undefined)
    addMissing(draft, "by=<id> is missing: the experiment that takes its place.");
  return { name: "supersede", id, by: by?.text ?? "" };
}

function parseTarget(draft: Draft): Command {
  const [value] = draft.words;
  if (value === undefined) addMissing(draft, "The value is missing.");
  addTooMany(draft, 1, "/target takes one value.");
  return { name: "target", value: value === undefined ? 0 : takeNumber(draft, value) };
}

const MOST_BEST = 50;

function parseBest(draft: Draft): Command {
  const [written] = draft.words;
  addTooMany(draft, 1, "/best takes one number.");
  if (written === undefined) return { name: "best" };
  const count = /^\d{1,2}$/.test(written.text) ? Number(written.text) : 0;
  if (count < 1 || count > MOST_BEST) {
    draft.faults.push({
      at: written.at,
      sentence: `${quoteUntrusted(written.text)} is no whole number from 1 to ${MOST_BEST}.`,
    });
  }
  return { name: "best", count };
}

function parsePlain(
  name: "resume" | "status" | "next" | "report" | "help",
  recognised: Recognised,
): ParsedCommand {
  return finish(draftOf(name, recognised), (draft) => {
    addTooMany(draft, 0, `/${name} takes no arguments.`);
    return { name };
  });
}

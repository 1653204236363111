import type { SettingsEdit } from "../../session/edit-settings.ts";
import { quoteUntrusted } from "../../text/safe-log.ts";
import type { Bench } from "./bench.ts";
import { findRows } from "./find-rows.ts";
import { done, type Handler, refuse, sentence, type Verdict } from "./verdict.ts";

/** `/baseline`: what others are compared with. */
export const setBaseline: Handler<"baseline"> = (bench, { id }) => {
  const { rows, complaints } = findRows(bench, [id]);
  if (rows.length === 0) return refuse(...complaints);
  const old = bench.settings.own().baseline;
  return edit(bench, {
    setting: { keys: ["baseline"], value: id },
    isSame: old === id,
    experimentId: id,
    detail: moved("baseline", old, id),
    said: `The baseline is ${quoteUntrusted(id)}${before(old, id, quoteUntrusted)}.`,
  });
};

/** `/target`: reaching it is a reason to stop. */
export const setTarget: Handler<"target"> = (bench, { value }) => {
  const old = bench.settings.own().objective.target;
  return edit(bench, {
    setting: { keys: ["objective", "target"], value },
    isSame: old === value,
    detail: moved("target", old, value),
    said: `The target is ${value}${before(old, value, String)}.`,
  });
};

/** `/stop`: proposals are taken, nothing is launched. */
export const stop: Handler<"stop"> = (bench, { text }) =>
  edit(bench, {
    setting: { keys: ["paused"], value: true },
    isSame: bench.settings.own().paused,
    detail: text === undefined ? "paused" : `paused: ${bench.redact(text)}`,
    said: `The loop is stopped: proposals are taken, nothing is launched until ${bench.wordOf("resume")}.`,
  });

/** `/resume`: takes `/stop` back. */
export const resume: Handler<"resume"> = (bench) =>
  edit(bench, {
    setting: { keys: ["paused"], value: false },
    isSame: !bench.settings.own().paused,
    detail: "not paused",
    said: "The loop goes on: approved proposals may be launched.",
  });

interface Edit {
  readonly setting: SettingsEdit;
  /** The file says so already. */
  readonly isSame: boolean;
  readonly experimentId?: string;
  readonly detail: string;
  readonly said: string;
}

function edit(bench: Bench, { setting, isSame, experimentId = "", ...rest }: Edit): Verdict {
  const problem = isSame ? undefined : bench.settings.set(setting);
  if (problem !== undefined) return refuse({ sentence: `${problem}. Edit the file by hand.` });
  const effect = { experimentId, outcome: "applied", detail: rest.detail } as const;
  return done([effect], [sentence(rest.said)]);
}

type Value = string | number;

function moved(name: string, old: Value | undefined, value: Value): string {
  return old === undefined || old === value ? `${name} ${value}` : `${name} ${old} → ${value}`;
}

function before<T extends Value>(old: T | undefined, value: T, show: (old: T) => string): string {
  return old === undefined || old === value ? "" : `, before it was ${show(old)}`;
}

import type { Code } from "mdast";
import { commandWord } from "../text/command-word.ts";
import { inertText } from "../text/escape.ts";
import { fence } from "./markdown.ts";

/** A bare argument of a command. */
const BARE = /^[\w.~:+/-]+$/;

/** A command for people to copy. */
export interface CopyableCommand {
  readonly name: string;
  readonly ids: readonly string[];
  readonly flag?: string;
  /** Input `command-prefix`, where it is known. */
  readonly prefix?: string;
}

/** A fence with the command; nothing where an id would be changed to make it inert, or cannot be typed bare. */
export function commandFence({ name, ids, flag, prefix }: CopyableCommand): readonly Code[] {
  if (!ids.every(isTypeable)) return [];
  const words = [commandWord(name, prefix), ...ids, ...(flag === undefined ? [] : [flag])];
  return [fence("text", words.join(" "))];
}

/** Whether an id can be copied from a comment and typed bare. */
export function isTypeable(id: string): boolean {
  return BARE.test(id) && !id.startsWith("-") && inertText(id) === id;
}

import { readFile } from "node:fs/promises";
import { type Event, parseEvent } from "../../core/config/event.ts";
import { InputError } from "../../core/errors.ts";

/**
 * Reads the event that started the run. Not through `@actions/github`: its context comes with undici,
 * which doubles the start-up time. Throws `InputError` when the file is not what a runner writes.
 */
export async function readEvent(source: {
  readonly eventName: string;
  readonly eventPath: string | undefined;
}): Promise<Event> {
  const { eventName, eventPath } = source;
  if (eventPath === undefined) return parseEvent(eventName, undefined);
  try {
    return parseEvent(eventName, JSON.parse(await readFile(eventPath, "utf8")));
  } catch (cause) {
    const problem = cause instanceof SyntaxError ? "is not JSON" : "cannot be read";
    throw new InputError(`The event file that GITHUB_EVENT_PATH names ${problem}.`, { cause });
  }
}

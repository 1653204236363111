import { InputError } from "../errors.ts";
import { quoteUntrusted } from "../text/safe-log.ts";

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
/** Names Windows keeps for devices, with or without an extension: https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/;

/** Checks a session's name, which is also its folder's. Throws `InputError` with the rule it breaks. */
export function parseSessionName(name: string): string {
  const problem = problemOf(name);
  if (problem === undefined) return name;
  throw new InputError(`The session name ${quoteUntrusted(name)} ${problem}.`, {
    remedy:
      "Use 1 to 64 lower-case letters, digits, dots, underscores and hyphens, beginning with a letter or digit, such as lr-sweep.",
  });
}

/** Whether a folder name can be a session's. */
export function isSessionName(name: string): boolean {
  return problemOf(name) === undefined;
}

function problemOf(name: string): string | undefined {
  if (name === "") return "is empty";
  if (!NAME.test(name)) return "is not a folder name this project accepts";
  if (name.includes("..")) return 'contains ".."';
  if (name.endsWith(".")) return "ends with a dot, which Windows drops";
  if (DEVICE.test(name)) return "is a device on Windows";
  return undefined;
}

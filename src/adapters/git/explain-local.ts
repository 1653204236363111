import { InputError, type MonitorError, RefusedError } from "../../core/errors.ts";
import { quoteUntrusted } from "../../core/text/safe-log.ts";

/** Turns what git says about a person's own repository into a sentence with a remedy. */
export function explainLocal(stderr: string, place: string): MonitorError {
  const where = quoteUntrusted(place);
  if (/not a git repository|must be run in a work tree/i.test(stderr)) {
    return new InputError(`${where} is not in a git repository with a working tree.`, {
      remedy:
        "Run inside the repository that holds the sessions; without one, leave out `--commit`.",
    });
  }
  if (/dubious ownership/i.test(stderr)) {
    return new InputError(`git does not trust ${where}, because another user owns it.`, {
      remedy: `Trust it with: git config --global --add safe.directory ${where}`,
    });
  }
  if (/tell me who you are|empty ident|unable to auto-detect email/i.test(stderr)) {
    return new InputError("git does not know who commits.", {
      remedy: "Set it with: git config user.name and git config user.email.",
    });
  }
  if (/index\.lock|\.lock': File exists/i.test(stderr)) return explainLock(where);
  const line = stderr.split("\n").find((text) => /^(?:fatal|error):/.test(text)) ?? stderr.trim();
  return new RefusedError(`git could not commit in ${where}: ${quoteUntrusted(line)}.`);
}

/** The index is held by another git, or by one that crashed. */
export function explainLock(place: string): RefusedError {
  return new RefusedError(`Another git process holds the index of ${place}.`, {
    remedy:
      "Wait until it has finished; when none runs, delete the file index.lock in the .git folder. The files themselves are saved.",
  });
}

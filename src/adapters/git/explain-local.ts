import { InputError, type MonitorError, RefusedError } from "../../core/errors.ts";
import { quoteUntrusted } from "../../core/text/safe-log.ts";
import type { GitResult } from "./run-git.ts";

/** What a person's repository is opened for: their commands differ, and so does what they can do about a failure. */
export type Purpose = "commit" | "read";

/** Turns what git says about a person's own repository into a sentence with a remedy. */
export function explainLocal(
  { stderr, timedOut }: Pick<GitResult, "stderr" | "timedOut">,
  place: string,
  purpose: Purpose,
): MonitorError {
  const where = quoteUntrusted(place);
  if (/not a git repository|must be run in a work tree/i.test(stderr)) {
    return new InputError(`${where} is not in a git repository with a working tree.`, {
      remedy: WITHOUT_REPOSITORY[purpose],
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
  const reason = timedOut ? "it gave no answer in time" : quoteUntrusted(line);
  return purpose === "commit"
    ? new RefusedError(`git could not commit in ${where}: ${reason}.`)
    : new RefusedError(`git could not read ${where}: ${reason}.`, { remedy: UNREADABLE });
}

/** A file or folder that the opened repository does not hold. */
export function explainOutside(file: string, root: string, purpose: Purpose): InputError {
  return new InputError(
    `${quoteUntrusted(file)} is outside the repository ${quoteUntrusted(root)}.`,
    { remedy: OUTSIDE[purpose] },
  );
}

/** The index is held by another git, or by one that crashed. */
export function explainLock(place: string): RefusedError {
  return new RefusedError(`Another git process holds the index of ${place}.`, {
    remedy:
      "Wait until it has finished; when none runs, delete the file index.lock in the .git folder. The files themselves are saved.",
  });
}

const WITHOUT_REPOSITORY: Readonly<Record<Purpose, string>> = {
  commit: "Run inside the repository that holds the sessions; without one, leave out `--commit`.",
  read: "Run inside the repository that holds the sessions.",
};

const OUTSIDE: Readonly<Record<Purpose, string>> = {
  commit: "Commit only files of the repository, or run in the repository that holds them.",
  read: "Give a folder of the repository by `--experiments-dir`.",
};

const UNREADABLE = "Run `git fsck`; in a partial clone, check that the remote can be reached.";

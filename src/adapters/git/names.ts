import { InputError } from "../../core/errors.ts";
import { quoteUntrusted } from "../../core/text/safe-log.ts";

// https://git-scm.com/docs/git-check-ref-format
const FORBIDDEN_IN_BRANCH =
  /[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\/|(?:^|\/)\.|\.lock(?:\/|$)|^[-/]|[/.]$|^@$/u;

/** Checks a branch's name, which becomes part of a refspec. Throws `InputError`. */
export function assertBranchName(branch: string): string {
  if (branch !== "" && !FORBIDDEN_IN_BRANCH.test(branch)) return branch;
  throw new InputError(`${quoteUntrusted(branch)} is not a branch name git accepts.`, {
    remedy: "Give the input `branch` as it is shown on GitHub, without refs/heads/.",
  });
}

/** Checks a repository's address and drops a trailing slash. A credential inside it would reach the process list. */
export function assertRemoteUrl(url: string): string {
  if (/^https?:\/\/[^/]*@/.test(url)) {
    throw new InputError("The repository's address contains a credential.", {
      remedy: "Give the address without it, and the token by the input `token`.",
    });
  }
  if (url === "" || url.startsWith("-") || /[\p{Cc}]/u.test(url)) {
    throw new InputError(`${quoteUntrusted(url)} is not the address of a repository.`);
  }
  return url.replace(/\/+$/, "");
}

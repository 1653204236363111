import { RemoteError } from "../../core/errors.ts";
import { classifyRefusal } from "../../core/sync/retry.ts";
import { quoteUntrusted } from "../../core/text/safe-log.ts";
import type { GitResult } from "./run-git.ts";

/** What became of a push. */
export type PushOutcome =
  | { readonly kind: "pushed" }
  | { readonly kind: "stale" }
  | { readonly kind: "unclear"; readonly reason: string }
  | { readonly kind: "protected"; readonly reason: string }
  | { readonly kind: "refused"; readonly error: RemoteError };

/** What became of a fetch. */
export type FetchOutcome =
  | { readonly kind: "fetched" }
  | { readonly kind: "missing-branch" }
  | { readonly kind: "unreachable"; readonly error: RemoteError }
  | { readonly kind: "refused"; readonly error: RemoteError };

const STALE =
  /non-fast-forward|fetch first|cannot lock ref|stale info|incorrect old value|failed to update ref|failed to lock|reference already exists|unable to update local ref|shallow update not allowed/i;
/** A branch stands where a folder of branches would have to be, or the other way round; no other attempt mends that. */
const BLOCKED = /'refs\/heads\/([^']+)' exists; cannot create/i;
const UNREACHABLE =
  /requested URL returned error: (?:429|5\d\d)|HTTP (?:429|5\d\d)|RPC failed|reset by peer|hung up|early EOF|unexpected disconnect|timed out|operation too slow|could not resolve|failed to connect|couldn't connect|empty reply|internal (?:server )?error|bad gateway|transfer closed|still expected|length header|expected flush|could not read from remote|index-pack failed|SSL_read|gnutls/i;
const UNAUTHENTICATED =
  /could not read (?:username|password)|authentication failed|invalid username|returned error: 401/i;
const FORBIDDEN =
  /returned error: 403|permission to .* denied|permission denied|write access to repository not granted|not authorized|refusing to allow/i;
const NOT_FOUND =
  /repository .*not found|returned error: 404|does not appear to be a git repository/i;

/** Reads a push's `--porcelain` report and its errors: https://git-scm.com/docs/git-push#_output */
export function classifyPush(result: GitResult): PushOutcome {
  const report = result.stdout.toString("utf8");
  // `=` is "up to date": somebody else put the very same commit there, so it was not this push that moved the branch.
  if (result.ok) return { kind: /^=\t/m.test(report) ? "stale" : "pushed" };
  if (result.timedOut) return { kind: "unclear", reason: "git push did not end in time" };
  const rejected = /^!\t.*$/m.exec(report)?.[0];
  const text = `${rejected ?? ""}\n${result.stderr}`;
  const refusal = rejected === undefined ? "other" : classifyRefusal(text);
  if (refusal === "protected") return { kind: "protected", reason: showReason(text) };
  if (refusal !== "other") return { kind: "refused", error: explainContent(refusal, text) };
  const blocking = BLOCKED.exec(text)?.[1];
  if (blocking !== undefined) return { kind: "refused", error: explainBlocked(blocking) };
  if (rejected !== undefined && STALE.test(rejected)) return { kind: "stale" };
  const permanent = explainPermanent(text, "write");
  if (permanent !== undefined) return { kind: "refused", error: permanent };
  if (STALE.test(text)) return { kind: "stale" };
  if (UNREACHABLE.test(text)) return { kind: "unclear", reason: showReason(text) };
  return {
    kind: "refused",
    error: new RemoteError(`git push was refused: ${showReason(text)}.`),
  };
}

/** Reads how a fetch or `ls-remote` ended. */
export function classifyFetch(result: GitResult): FetchOutcome {
  if (result.ok) return { kind: "fetched" };
  const text = result.stderr;
  if (/couldn't find remote ref/i.test(text)) return { kind: "missing-branch" };
  const permanent = explainPermanent(text, "read");
  if (permanent !== undefined) return { kind: "refused", error: permanent };
  const what = result.timedOut ? "git fetch did not end in time" : showReason(text);
  const error = new RemoteError(`The repository could not be read over git: ${what}.`, {
    remedy: "Check the network and the repository's address, then run again.",
  });
  const transient = result.timedOut || UNREACHABLE.test(text);
  return { kind: transient ? "unreachable" : "refused", error };
}

function explainBlocked(branch: string): RemoteError {
  return new RemoteError(
    `The branch could not be created, because a branch ${quoteUntrusted(branch)} stands in its way.`,
    { remedy: "Rename or delete that branch, then run again." },
  );
}

function explainContent(refusal: "secret" | "too-large", text: string): RemoteError {
  const what =
    refusal === "secret"
      ? "GitHub's push protection found a secret in the files"
      : "GitHub refused a file as too large";
  return new RemoteError(`${what}: ${showReason(text)}.`, {
    remedy: "Remove it from the session's files; nothing was written.",
  });
}

function explainPermanent(text: string, access: "read" | "write"): RemoteError | undefined {
  const grant = `Add \`permissions:\\n  contents: ${access}\` to the workflow's job`.replace(
    "\\n",
    "\n",
  );
  if (UNAUTHENTICATED.test(text)) {
    return new RemoteError("The remote did not accept the token for git.", {
      remedy: `Check the input \`token\`. ${grant}.`,
      status: 401,
    });
  }
  if (FORBIDDEN.test(text)) {
    return new RemoteError(`The token may not ${access} this repository over git.`, {
      remedy: `${grant}, or give the token the permission Contents: ${access}.`,
      status: 403,
    });
  }
  if (NOT_FOUND.test(text)) {
    return new RemoteError("The repository was not found, or the token may not see it.", {
      remedy: `Check the address. ${grant}.`,
      status: 404,
    });
  }
  return undefined;
}

/** The line that names the reason, in a form that is safe to show. */
function showReason(text: string): string {
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => line.replace(/^remote:\s*/, "").trim())
    .filter((line) => line !== "" && !line.startsWith("!\t") && !line.startsWith("hint:"));
  const telling = lines.find((line) => /GH\d{3}|error:|fatal:/.test(line)) ?? lines.at(-1);
  return quoteUntrusted(telling ?? "no reason was given");
}

import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { actorFlag, prefixFlag, textFlag } from "../../adapters/cli/flags.ts";
import { printResult } from "../../adapters/cli/output.ts";
import type { Flags } from "../../adapters/cli/program.ts";
import { readRegularFile } from "../../adapters/files/read-file.ts";
import { sha256 } from "../../adapters/system/sha256.ts";
import { describeOutcome } from "../../core/command/describe-outcome.ts";
import { describeProblem } from "../../core/command/describe-problem.ts";
import { EXIT, InputError } from "../../core/errors.ts";
import { SESSION_FILES } from "../../core/log/columns.ts";
import { invalidUtf8At } from "../../core/log/utf8.ts";
import { present } from "../../core/text/present.ts";
import { quoteUntrusted } from "../../core/text/safe-log.ts";
import { commandLocally, type LocalCommandResult } from "../../modes/local-command.ts";
import type { Reporter } from "../../ports/reporter.ts";
import { createCliContext, describeUpdate } from "./context.ts";

/** `experiment-monitor command` */
export async function runCommand(flags: Flags): Promise<number> {
  const actor = actorFlag(flags);
  const commentId = parseCommentId(textFlag(flags, "commentId"));
  const body = await readBody(textFlag(flags, "bodyFile") ?? "");
  const prefix = prefixFlag(flags);
  const context = await createCliContext(flags);
  const { createRedactor, redact, session } = context;
  const isAlone = textFlag(flags, "logPath") !== undefined;
  const request = {
    session,
    isAlone,
    body,
    actor,
    commentId,
    redact,
    createRedactor,
    sha256,
    ...present({ prefix }),
  };
  const result = await commandLocally(context, request);
  tell(result, context.reporter);
  printResult({
    decision: result.decision,
    experiment_name: result.session,
    log_path: context.pathOf(SESSION_FILES.log, result.session),
    ledger_path: context.pathOf(SESSION_FILES.ledger, result.session),
    comment_id: commentId,
    commands: result.outcomes.map(describeOutcome),
    problems: result.problems,
    reply: result.reply,
    ...(result.update === undefined ? {} : describeUpdate(result.update)),
  });
  return result.decision === "refused" ? EXIT.refused : EXIT.done;
}

/** Without an id of its own each call is a comment of its own. */
function parseCommentId(text: string | undefined): string {
  const id = text ?? randomBytes(8).toString("hex");
  if (/^[A-Za-z0-9._-]{1,100}$/.test(id)) return `local-${id}`;
  throw new InputError(
    `--comment-id is ${quoteUntrusted(id)}, expected 1 to 100 letters, digits, dots, underscores or hyphens`,
  );
}

/** A comment has at most 65,536 characters; more than that is said by whoever reads its commands. */
async function readBody(file: string): Promise<string> {
  const limits = { maxBytes: 1_048_576, followSymlink: true };
  const reading = await readRegularFile(resolve(file), limits);
  if (reading.kind === "read") return decodeBody(reading.bytes, file);
  const reason = reading.kind === "absent" ? "does not exist" : reading.reason;
  throw new InputError(`--body-file ${quoteUntrusted(file)} ${reason}`, {
    remedy: "Write the commands into a text file, as they would stand in a comment.",
  });
}

/** What is not UTF-8 would be recorded as something else than was written, or hide a command. */
function decodeBody(bytes: Uint8Array, file: string): string {
  if (invalidUtf8At(bytes) === undefined && !bytes.includes(0)) {
    return Buffer.from(bytes).toString("utf8");
  }
  throw new InputError(`--body-file ${quoteUntrusted(file)} is not text in UTF-8`, {
    remedy: "Save it as UTF-8; in PowerShell: Set-Content -Encoding utf8.",
  });
}

function tell(result: LocalCommandResult, reporter: Pick<Reporter, "info" | "warning">): void {
  for (const problem of result.problems) reporter.info(describeProblem(problem));
  if (result.decision === "refused") reporter.info("Nothing was applied.");
  else if (result.decision === "ignored") reporter.info("There is no command in the text.");
  else reporter.info(result.reply);
}

import { hasFlag, revisionFlag, textFlag } from "../../adapters/cli/flags.ts";
import { printError, printFinding, printResult, printText } from "../../adapters/cli/output.ts";
import type { Flags } from "../../adapters/cli/program.ts";
import { sha256 } from "../../adapters/system/sha256.ts";
import { EXIT, exitCodeOf, InputError } from "../../core/errors.ts";
import { describeFinding } from "../../core/report/review/describe-finding.ts";
import { countFindings } from "../../core/review/count-findings.ts";
import type { Finding } from "../../core/review/review.ts";
import {
  type CheckedSession,
  checkSession,
  type ReviewedSince,
  reviewSince,
} from "../../modes/check.ts";
import { type CliContext, createCliContext } from "./context.ts";
import { createLocalRevisions } from "./repository.ts";

/** `experiment-monitor check` */
export async function runCheck(flags: Flags): Promise<number> {
  const base = revisionFlag(flags, "base");
  if (base !== undefined && textFlag(flags, "logPath") !== undefined) {
    throw new InputError("--base and --log-path were both given; pass at most one", {
      remedy: "A change is reviewed in the session's own folder: name it by --experiment-name.",
    });
  }
  const context = await createCliContext(flags);
  const isOne =
    textFlag(flags, "experimentName") !== undefined || textFlag(flags, "logPath") !== undefined;
  const sessions = isOne ? [context.session] : await context.store.sessions();
  const checked: CheckedSession[] = [];
  for (const session of sessions) checked.push(await checkSession(context.store, session));
  const session = isOne ? context.session : undefined;
  const since = base === undefined ? undefined : await review(context, { base, session });
  return tell({ checked, since, flags });
}

function review(
  context: CliContext,
  request: { readonly base: string; readonly session: string | undefined },
): Promise<ReviewedSince> {
  const { store, clock } = context;
  return reviewSince({ store, clock, sha256, revisions: createLocalRevisions(context) }, request);
}

/** What was found; the number is the exit code. */
function tell(outcome: {
  readonly checked: readonly CheckedSession[];
  readonly since: ReviewedSince | undefined;
  readonly flags: Flags;
}): number {
  const { checked, since, flags } = outcome;
  const errors = checked.flatMap(({ problems }) => problems);
  const findings = (since?.reviews ?? []).flatMap((review) => review.findings);
  const isRefused = findings.some(({ level }) => level === "error");
  if (hasFlag(flags, "json")) {
    const reviewed = since === undefined ? {} : describeReview(since, findings);
    const ok = errors.length === 0 && !isRefused;
    printResult({ ok, sessions: checked.map(describe), ...reviewed });
  } else {
    tellSessions(checked);
    if (since !== undefined)
      printText(`since ${since.commit}: ${countFindings(findings) ?? "no findings"}`);
  }
  for (const error of errors) printError(error, hasFlag(flags, "debug"));
  for (const finding of unsaidOf(checked, since)) printFinding(finding);
  return Math.max(...errors.map(exitCodeOf), isRefused ? EXIT.refused : EXIT.done);
}

/** Errors by which the check itself has said already what is wrong with a broken file. */
const SAID: ReadonlySet<string> = new Set([
  "log-unreadable",
  "ledger-unreadable",
  "settings-invalid",
]);

/** What is not said in sentences yet. */
function unsaidOf(
  checked: readonly CheckedSession[],
  since: ReviewedSince | undefined,
): readonly Finding[] {
  const broken = new Set(
    checked.filter(({ problems }) => problems.length > 0).map(({ session }) => session),
  );
  return (since?.reviews ?? []).flatMap(({ session, findings }) =>
    findings.filter(
      ({ level, code }) => !(broken.has(session) && level === "error" && SAID.has(code)),
    ),
  );
}

function tellSessions(checked: readonly CheckedSession[]): void {
  if (checked.length === 0) printText("no session to check");
  for (const { session, rows, problems } of checked) {
    printText(`${session}: ${problems.length === 0 ? `ok, ${rows} experiments` : "not valid"}`);
  }
}

function describe({ session, rows, problems }: CheckedSession): Record<string, unknown> {
  const messages = problems.map(({ message }) => message);
  return { session, rows, ok: problems.length === 0, problems: messages };
}

function describeReview(
  { commit }: ReviewedSince,
  findings: readonly Finding[],
): Record<string, unknown> {
  return {
    base: commit,
    findings: findings.map(describeFinding),
  };
}

import { hasFlag, textFlag } from "../../adapters/cli/flags.ts";
import { printError, printResult, printText } from "../../adapters/cli/output.ts";
import type { Flags } from "../../adapters/cli/program.ts";
import { EXIT, exitCodeOf } from "../../core/errors.ts";
import { type CheckedSession, checkSession } from "../../modes/check.ts";
import { createCliContext } from "./context.ts";

/** `experiment-monitor check` */
export async function runCheck(flags: Flags): Promise<number> {
  const context = await createCliContext(flags);
  const isOne =
    textFlag(flags, "experimentName") !== undefined || textFlag(flags, "logPath") !== undefined;
  const sessions = isOne ? [context.session] : await context.store.sessions();
  const checked: CheckedSession[] = [];
  for (const session of sessions) checked.push(await checkSession(context.store, session));
  const errors = checked.flatMap(({ problems }) => problems);
  if (hasFlag(flags, "json"))
    printResult({ ok: errors.length === 0, sessions: checked.map(describe) });
  else tell(checked);
  for (const error of errors) printError(error, hasFlag(flags, "debug"));
  return errors.length === 0 ? EXIT.done : Math.max(...errors.map(exitCodeOf));
}

function tell(checked: readonly CheckedSession[]): void {
  if (checked.length === 0) printText("no session to check");
  for (const { session, rows, problems } of checked) {
    printText(`${session}: ${problems.length === 0 ? `ok, ${rows} experiments` : "not valid"}`);
  }
}

function describe({ session, rows, problems }: CheckedSession): Record<string, unknown> {
  const messages = problems.map((problem) =>
    problem instanceof Error ? problem.message : String(problem),
  );
  return { session, rows, ok: problems.length === 0, problems: messages };
}

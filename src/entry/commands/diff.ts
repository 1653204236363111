import { hasFlag, listFlag, textFlag } from "../../adapters/cli/flags.ts";
import { printResult, printText } from "../../adapters/cli/output.ts";
import type { Flags } from "../../adapters/cli/program.ts";
import { EXIT } from "../../core/errors.ts";
import { isDifferent } from "../../core/report/review/diff-sentence.ts";
import { diffSessions, type SessionDiff } from "../../modes/diff.ts";
import { type CliContext, createCliContext } from "./context.ts";
import { createLocalRevisions, hasColor } from "./repository.ts";

/** `experiment-monitor diff` */
export async function runDiff(flags: Flags): Promise<number> {
  const context = await createCliContext(flags);
  const [base = "", head] = listFlag(flags, "words");
  const session = textFlag(flags, "experimentName");
  const ports = { store: context.store, revisions: createLocalRevisions(context) };
  const diffs = await diffSessions(ports, { base, head, session });
  const different = diffs.filter(differs);
  if (hasFlag(flags, "json")) {
    const { describeDiff } = await import("../../core/report/review/describe-diff.ts");
    printResult({
      base,
      head: head ?? null,
      differ: different.length > 0,
      sessions: diffs.map(({ session, side, diff }) => ({ session, side, ...describeDiff(diff) })),
    });
  } else {
    printText(
      hasFlag(flags, "markdown")
        ? await renderMarkdown(different, context)
        : await renderText(different),
    );
  }
  return different.length > 0 && hasFlag(flags, "exitCode") ? EXIT.refused : EXIT.done;
}

/** A session that only one side has differs, also with an empty log. */
function differs({ side, diff }: SessionDiff): boolean {
  return side !== "both" || isDifferent(diff);
}

const NOTHING = "nothing of the logs changed";

async function renderMarkdown(
  diffs: readonly SessionDiff[],
  { redact }: Pick<CliContext, "redact">,
): Promise<string> {
  if (diffs.length === 0) return NOTHING;
  const { renderDiffAsMarkdown } = await import("../../core/report/review/render-diff.ts");
  return diffs.map((one) => renderDiffAsMarkdown({ ...one, redact }).trimEnd()).join("\n\n");
}

async function renderText(diffs: readonly SessionDiff[]): Promise<string> {
  if (diffs.length === 0) return NOTHING;
  const { renderDiffForTerminal } = await import(
    "../../core/report/terminal/render-diff-for-terminal.ts"
  );
  const { isTTY, columns } = process.stdout;
  const color = hasColor();
  const width = isTTY === true ? { width: columns } : {};
  return diffs.map((one) => renderDiffForTerminal({ ...one, color, ...width })).join("\n\n");
}

import { hasFlag, listFlag, textFlag } from "../../adapters/cli/flags.ts";
import { printResult, printText } from "../../adapters/cli/output.ts";
import type { Flags } from "../../adapters/cli/program.ts";
import { EXIT } from "../../core/errors.ts";
import { isDifferent } from "../../core/report/review/diff-sentence.ts";
import { diffSessions, type SessionDiff } from "../../modes/diff.ts";
import { createCliContext } from "./context.ts";
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
    printText(await render(different, hasFlag(flags, "markdown")));
  }
  return different.length > 0 && hasFlag(flags, "exitCode") ? EXIT.refused : EXIT.done;
}

/** A session that only one side has differs, also with an empty log. */
function differs({ side, diff }: SessionDiff): boolean {
  return side !== "both" || isDifferent(diff);
}

async function render(diffs: readonly SessionDiff[], asMarkdown: boolean): Promise<string> {
  if (diffs.length === 0) return "nothing of the logs changed";
  if (asMarkdown) {
    const { renderDiffAsMarkdown } = await import("../../core/report/review/render-diff.ts");
    return diffs.map((one) => renderDiffAsMarkdown(one).trimEnd()).join("\n\n");
  }
  const { renderDiffForTerminal } = await import("../../core/review/render-terminal.ts");
  const { isTTY, columns } = process.stdout;
  const color = hasColor();
  const width = isTTY === true ? { width: columns } : {};
  return diffs.map((one) => renderDiffForTerminal({ ...one, color, ...width })).join("\n\n");
}

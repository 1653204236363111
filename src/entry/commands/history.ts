import { hasFlag, listFlag } from "../../adapters/cli/flags.ts";
import { printResult, printText } from "../../adapters/cli/output.ts";
import type { Flags } from "../../adapters/cli/program.ts";
import { createHistory } from "../../adapters/git/history.ts";
import { EXIT } from "../../core/errors.ts";
import { renderRowHistory } from "../../core/report/terminal/render-row-history.ts";
import { present } from "../../core/text/present.ts";
import { type HistoryEntry, type RowHistory, readRowHistory } from "../../modes/history.ts";
import { createCliContext } from "./context.ts";
import { hasColor, sessionRepository } from "./repository.ts";

/** `experiment-monitor history` */
export async function runHistory(flags: Flags): Promise<number> {
  const context = await createCliContext(flags);
  const [experimentId = ""] = listFlag(flags, "words");
  const { session, reporter } = context;
  const history = await readRowHistory(createHistory(sessionRepository(context)), {
    session,
    experimentId,
  });
  const { entries, cutOffAt } = history;
  if (hasFlag(flags, "json")) {
    printResult({ experiment_id: experimentId, experiment_name: session, ...describe(history) });
  } else {
    const shown = entries.map(({ by, ...entry }) => ({ ...by, ...entry }));
    printText(renderRowHistory(shown, hasColor()));
  }
  if (cutOffAt !== undefined) {
    reporter.warning(
      `The clone is shallow and begins with ${cutOffAt}; run \`git fetch --unshallow\` to see what was before.`,
    );
  }
  return EXIT.done;
}

function describe({ entries, cutOffAt }: RowHistory): Record<string, unknown> {
  return { cut_off_at: cutOffAt ?? null, changes: entries.map(describeEntry) };
}

function describeEntry({ by, kind, cells, problem }: HistoryEntry): Record<string, unknown> {
  const { commit, author, authoredAt, subject, path } = by;
  return {
    ...{ commit, author, authored_at: authoredAt, subject, path, kind },
    cells: cells.map(({ column, before, after }) => ({ column, before, after })),
    ...present({ problem }),
  };
}

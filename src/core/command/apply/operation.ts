import type { PlacedCommand } from "../command.ts";
import type { LedgerEntry } from "../ledger.ts";
import { opId } from "../op-id.ts";
import { renderCommand } from "../render-command.ts";
import type { ApplyInput } from "./apply-input.ts";

/** A command of a comment with its id, and what the ledger has of it. */
export interface Operation {
  readonly placed: PlacedCommand;
  readonly opId: string;
  /** The command in its canonical form. */
  readonly canonical: string;
  /** Its lines in the ledger; none when it has not been applied. */
  readonly recorded: readonly LedgerEntry[];
}

/** Numbers the commands of a comment and looks them up in the ledger. */
export function identifyOperations(
  input: ApplyInput,
  entries: readonly LedgerEntry[],
): readonly Operation[] {
  const { repositoryId, source, sha256 } = input;
  return input.commands.map((placed, index) => {
    const canonical = renderCommand(placed.command);
    const id = opId({ repositoryId, commentId: source.id, index, canonical }, sha256);
    const recorded = entries.filter((entry) => entry.opId === id);
    return { placed, opId: id, canonical, recorded };
  });
}

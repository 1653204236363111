import type { LogTable } from "../log/table.ts";
import type { CommandFacts } from "./facts.ts";
import type { Actor } from "./outcome.ts";

/** Whether somebody proposed the experiment of a row; where the ledger does not know, its owner did. */
export function isOwn(
  { table, proposers }: { readonly table: LogTable } & Pick<CommandFacts, "proposers">,
  row: number,
  actor: Actor,
): boolean {
  const proposer = proposers.get(table.cell(row, "experiment_id"));
  if (proposer === undefined) return isSameLogin(table.cell(row, "owner"), actor.login);
  return isSameActor(proposer, actor);
}

/** Ids tell actors apart, for a login may change hands; the command line has none. */
export function isSameActor(
  known: { readonly actor: string; readonly actorId: string },
  actor: Actor,
): boolean {
  if (known.actorId === "" || actor.id === "") return isSameLogin(known.actor, actor.login);
  return known.actorId === actor.id;
}

/** GitHub's logins do not tell upper from lower case. */
function isSameLogin(one: string, other: string): boolean {
  return one !== "" && one.toLowerCase() === other.toLowerCase();
}

import { type Bench, isAuthors } from "./apply/bench.ts";
import type { Operation } from "./apply/operation.ts";
import { leadingIds } from "./apply/read-words.ts";
import type { Command } from "./command.ts";
import { proposalId } from "./op-id.ts";
import { COMMANDS } from "./registry.ts";
import { includesRole, ROLES, type Role, roleFor } from "./role.ts";

/**
 * The role that the author of commands lacks: the greatest that one of them needs and they do not have;
 * `undefined` when they may give all of them.
 *
 * @param minPermission takes the place of `write` in what commands need
 */
export function lackingRole(
  bench: Bench,
  operations: readonly Operation[],
  minPermission: Role,
): Role | undefined {
  const proposed = new Set(operations.flatMap(proposedId));
  const needed = operations.map(({ placed }) =>
    needOf(placed.command, { minPermission, isOwners: isOwners(bench, placed.command, proposed) }),
  );
  const lacking = needed.filter((need) => !includesRole(bench.author.role, need));
  return ROLES.findLast((role) => lacking.includes(role));
}

function proposedId({ placed: { command }, opId }: Operation): readonly string[] {
  return command.name === "propose" ? [command.id ?? proposalId(opId)] : [];
}

/** Whether a command ends only what its author proposed. Words that name nothing are for the handler to refuse. */
function isOwners(bench: Bench, command: Command, proposed: ReadonlySet<string>): boolean {
  if (COMMANDS[command.name].isProposers !== true || !("words" in command)) return false;
  const { draft } = bench;
  const isId = (id: string) => draft.rowOf(id) !== undefined || proposed.has(id);
  return leadingIds(command.words, isId).every((id) => {
    const row = draft.rowOf(id);
    return row === undefined || isAuthors(bench, row);
  });
}

/** Whoever withdraws a proposal of their own must still be somebody who may propose. */
function needOf(
  command: Command,
  terms: { readonly minPermission: Role; readonly isOwners: boolean },
): Role {
  const { minPermission, isOwners } = terms;
  if (command.name === "propose" && command.isSweep) return minPermission;
  return roleFor(isOwners ? "triage" : COMMANDS[command.name].needs, minPermission);
}

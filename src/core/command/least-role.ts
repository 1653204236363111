import type { CommandName } from "./command.ts";
import { COMMANDS } from "./registry.ts";
import { ROLES, type Role, roleFor } from "./role.ts";

/**
 * The least role that any of some commands needs: whoever has it hears about errors in them. A name that nobody knows is
 * for those who may propose.
 *
 * @param minPermission takes the place of `write` in what commands need
 */
export function leastRole(names: readonly CommandName[], minPermission: Role): Role {
  const needed = names.map((name) => {
    const { needs, isProposers } = COMMANDS[name];
    return roleFor(isProposers === true ? "triage" : needs, minPermission);
  });
  return ROLES.find((role) => needed.includes(role)) ?? roleFor("triage", minPermission);
}

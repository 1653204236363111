import type { CommandName } from "./command.ts";
import { COMMANDS } from "./registry.ts";
import { includesRole, ROLES, type Role } from "./role.ts";

/** Commands that may be given about a proposal of one's own with the role that proposing needs. */
const OWNERS: ReadonlySet<CommandName> = new Set(["reject", "cancel"]);

/**
 * The least role that any of some commands needs: whoever has it hears about errors in them. A name that nobody knows is
 * for those who may propose.
 *
 * @param minPermission takes the place of `write` in what commands need
 */
export function leastRole(names: readonly CommandName[], minPermission: Role): Role {
  const triage = includesRole(minPermission, "triage") ? "triage" : minPermission;
  const needed = names.map((name) => {
    const { needs } = COMMANDS[name];
    if (needs === "read") return "read";
    return needs === "triage" || OWNERS.has(name) ? triage : minPermission;
  });
  return ROLES.find((role) => needed.includes(role)) ?? triage;
}

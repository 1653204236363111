/** What somebody may do in a repository, least first, as GitHub's `role_name` has it. */
export const ROLES = ["none", "read", "triage", "write", "maintain", "admin"] as const;

export type Role = (typeof ROLES)[number];

/** What a command asks for. */
export type NeededRole = Extract<Role, "read" | "triage" | "write">;

/**
 * The role that is asked for where a command needs one.
 *
 * @param minPermission takes the place of `write`, and of `triage` where it is less
 */
export function roleFor(needs: NeededRole, minPermission: Role): Role {
  if (needs === "read") return "read";
  return needs === "triage" && includesRole(minPermission, "triage") ? "triage" : minPermission;
}

/** Whether a role is at least another one. */
export function includesRole(held: Role, needed: Role): boolean {
  return ROLES.indexOf(held) >= ROLES.indexOf(needed);
}

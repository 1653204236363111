import type { Role } from "../core/command/role.ts";

/** Who may do what in the repository, asked at the time of applying. */
export interface Permissions {
  /** The role a login holds now; not a collaborator: `none`. Any other trouble throws `RemoteError`: never an answer. */
  readRole(login: string): Promise<Role>;
  /** Who may read the repository. Trouble throws `RemoteError`. */
  readVisibility(): Promise<"public" | "private" | "internal">;
}

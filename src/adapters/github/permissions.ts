import { ROLES, type Role } from "../../core/command/role.ts";
import { RemoteError } from "../../core/errors.ts";
import { quoteUntrusted } from "../../core/text/safe-log.ts";
import type { Permissions } from "../../ports/permissions.ts";
import { GitHubError, type Task } from "./failure.ts";
import { readPath } from "./json.ts";
import type { GitHubRepository } from "./repository.ts";

type Visibility = Awaited<ReturnType<Permissions["readVisibility"]>>;

const ROLE: Task = { what: "read what somebody may do here", needs: "metadata: read" };
const VISIBILITY: Task = { what: "read who may see the repository", needs: "metadata: read" };

/** Roles and visibility of one repository, asked anew every time. */
export function createPermissions(options: GitHubRepository): Permissions {
  return {
    readRole: (login) => readRole(options, login),
    readVisibility: () => readVisibility(options),
  };
}

/** A path segment that no server reads as another path; `_` is in logins of managed users, and old ones begin with a hyphen. */
const LOGIN = /^[A-Za-z0-9_-]{1,100}(?:\[bot\])?$/;

async function readRole({ client, owner, repo }: GitHubRepository, login: string): Promise<Role> {
  if (!LOGIN.test(login)) {
    throw new RemoteError(`${quoteUntrusted(login)} is no login of GitHub: its role is unknown.`);
  }
  const route = "GET /repos/{owner}/{repo}/collaborators/{username}/permission";
  try {
    return parseRole(
      await client.read(ROLE, { route, parameters: { owner, repo, username: login } }),
    );
  } catch (error) {
    // Apps and logins that do not exist: "… is not a user".
    if (error instanceof GitHubError && error.status === 404) return "none";
    throw error;
  }
}

/** https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user */
function parseRole(answer: unknown): Role {
  const role =
    roleNamed(readPath(answer, "role_name")) ??
    roleAllowed(readPath(answer, "user", "permissions")) ??
    roleNamed(readPath(answer, "permission"));
  if (role !== undefined) return role;
  throw new RemoteError("GitHub's answer names no role that is known here.", {
    remedy: "Run again; until a role is known, nothing is done.",
  });
}

function roleNamed(name: unknown): Role | undefined {
  return ROLES.find((role) => role === name);
}

const BOOLEANS: readonly (readonly [string, Role])[] = [
  ["admin", "admin"],
  ["maintain", "maintain"],
  ["push", "write"],
  ["triage", "triage"],
  ["pull", "read"],
];

/** A role with a name of the organisation's own is the greatest of the known ones that it holds. */
function roleAllowed(permissions: unknown): Role | undefined {
  if (typeof permissions !== "object" || permissions === null) return undefined;
  return BOOLEANS.find(([name]) => readPath(permissions, name) === true)?.[1] ?? "none";
}

async function readVisibility({ client, owner, repo }: GitHubRepository): Promise<Visibility> {
  const route = "GET /repos/{owner}/{repo}";
  const answer = await client.read(VISIBILITY, { route, parameters: { owner, repo } });
  const visibility = parseVisibility(answer);
  if (visibility !== undefined) return visibility;
  throw new RemoteError("GitHub's answer does not say who may see the repository.");
}

function parseVisibility(answer: unknown): Visibility | undefined {
  const named = (["public", "private", "internal"] as const).find(
    (visibility) => visibility === readPath(answer, "visibility"),
  );
  if (named !== undefined) return named;
  const isPrivate = readPath(answer, "private");
  if (typeof isPrivate !== "boolean") return undefined;
  return isPrivate ? "private" : "public";
}

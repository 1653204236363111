import { notFound, Problem } from "./problem.ts";
import type { Level, PermissionName, Repo, Role, Token, World } from "./state.ts";

const RANK: Readonly<Record<Role, number>> = {
  none: 0,
  read: 1,
  triage: 2,
  write: 3,
  maintain: 4,
  admin: 5,
};

export function roleAtLeast(role: Role, least: Role): boolean {
  return RANK[role] >= RANK[least];
}

/** The token of a request's `authorization` header; undefined when there is none. */
export function authenticate(world: World, header: string | undefined): Token | undefined {
  if (header === undefined) return undefined;
  const [scheme = "", credential = ""] = header.split(" ");
  const kind = scheme.toLowerCase();
  const value =
    kind === "basic"
      ? Buffer.from(credential, "base64").toString().split(":").slice(1).join(":")
      : credential;
  const token =
    kind === "basic" || kind === "bearer" || kind === "token" ? world.tokens.get(value) : undefined;
  if (!token) throw new Problem(401, "Bad credentials");
  return token;
}

/** Whether a token sees a repository at all. */
export function canSee(token: Token | undefined, repo: Repo): boolean {
  if (!repo.isPrivate) return true;
  if (!token) return false;
  if (token.repositories && !token.repositories.includes(repo.fullName)) return false;
  return token.account.type === "Bot" || repo.role(token.account) !== "none";
}

/** The repository, or GitHub's 404 when the token may not know of it. */
export function visibleRepo(
  world: World,
  token: Token | undefined,
  owner: string,
  name: string,
): Repo {
  const repo = world.repo(owner, name);
  if (!repo || !canSee(token, repo)) throw notFound();
  return repo;
}

/** Whether one of the permissions is granted at the level. */
export function hasPermission(
  token: Token | undefined,
  names: readonly PermissionName[],
  level: Level,
): boolean {
  return names.some((name) => {
    const granted = token?.permissions[name];
    return granted === "write" || (level === "read" && granted === "read");
  });
}

export function refusal(token: Token, names: readonly PermissionName[], level: Level): Problem {
  const kind = token.account.type === "Bot" ? "integration" : "personal access token";
  return new Problem(403, `Resource not accessible by ${kind}`, {
    headers: {
      "x-accepted-github-permissions": names.map((name) => `${name}=${level}`).join("; "),
    },
  });
}

/** Refuses unless the token has one of the permissions; everybody reads a public repository. */
export function requirePermission(
  token: Token | undefined,
  repo: Repo,
  names: readonly PermissionName[],
  level: Level,
): void {
  if (level === "read" && !repo.isPrivate) return;
  if (!token) throw new Problem(401, "Requires authentication");
  const reachable = !token.repositories || token.repositories.includes(repo.fullName);
  if (!reachable || !hasPermission(token, names, level)) throw refusal(token, names, level);
}

/** Refuses people whose role is too low; an app has permissions instead of a role. */
export function requireRole(token: Token, repo: Repo, least: Role): void {
  if (token.account.type === "Bot" || roleAtLeast(repo.role(token.account), least)) return;
  throw refusal(token, ["contents"], "write");
}

/** A write to git data: the permission, and for people the role. */
export function requireContentsWrite(token: Token | undefined, repo: Repo): Token {
  requirePermission(token, repo, ["contents"], "write");
  if (!token) throw new Problem(401, "Requires authentication");
  requireRole(token, repo, "write");
  return token;
}

/** The permissions that reach an issue's conversation; a pull request's is reached by either. */
export function conversationPermissions(isPull: boolean): readonly PermissionName[] {
  return isPull ? ["issues", "pull_requests"] : ["issues"];
}

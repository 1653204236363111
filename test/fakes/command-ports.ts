import type { Role } from "../../src/core/command/role.ts";
import { RemoteError } from "../../src/core/errors.ts";
import type { Launcher } from "../../src/ports/launcher.ts";
import type { Permissions } from "../../src/ports/permissions.ts";
import type { PostedComment, PostedComments } from "../../src/ports/posted-comments.ts";
import type { Reactions } from "../../src/ports/reactions.ts";

/** Roles by login; a login without one has none, and `undefined` stands for an answer that did not come. */
export function createFakePermissions(
  roles: Readonly<Record<string, Role | undefined>>,
): Permissions & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    readRole: async (login) => {
      asked.push(login);
      const role = Object.hasOwn(roles, login) ? roles[login] : "none";
      if (role === undefined) throw new RemoteError("GitHub gave no answer.");
      return role;
    },
    readVisibility: async () => "private",
  };
}

/** Reactions as `comment 7 eyes`; with a problem none can be added. */
export function createFakeReactions(problem?: string): Reactions & { readonly given: string[] } {
  const given: string[] = [];
  return {
    given,
    react: async (target, reaction) => {
      if (problem !== undefined) return problem;
      given.push(`${target.kind} ${target.id} ${reaction}`);
      return undefined;
    },
  };
}

/** Comments that were posted to any issue. */
export function createFakePosted(comments: readonly PostedComment[] = []): PostedComments {
  return {
    readSince: async (_issue, since) => comments.filter(({ createdAt }) => createdAt >= since),
  };
}

/** Starts nothing and says so. */
export function createFakeLauncher(): Launcher {
  const attempt = { kind: "not-started", reason: "there is no such program" } as const;
  return { launch: async () => attempt, cancel: async () => attempt };
}

import { dirname } from "node:path";
import { findRepository } from "../../adapters/git/find-repository.ts";
import { createRevisions } from "../../adapters/git/revisions.ts";
import type { Revisions } from "../../ports/revisions.ts";
import type { CliContext } from "./context.ts";

/** Where the sessions stand, and the repository around them. */
export interface SessionRepository {
  /** A folder of the repository that holds the sessions. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of session folders, absolute. */
  readonly experimentsDir: string;
}

/** The repository that holds the sessions; a session's folder need not exist. */
export function sessionRepository(context: Pick<CliContext, "sessionFolder">): SessionRepository {
  const experimentsDir = dirname(context.sessionFolder);
  const cwd = findRepository(experimentsDir) ?? process.cwd();
  return { cwd, env: process.env, experimentsDir };
}

/** Revisions of the repository that holds the sessions. */
export function createLocalRevisions(context: Pick<CliContext, "sessionFolder">): Revisions {
  return createRevisions(sessionRepository(context));
}

/** Whether stdout takes colours: a terminal, unless NO_COLOR is set (https://no-color.org). */
export function hasColor(): boolean {
  return process.stdout.isTTY === true && !process.env["NO_COLOR"];
}

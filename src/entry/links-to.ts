import { sessionFolder } from "../adapters/store/session-paths.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import type { Revision } from "../ports/log-store.ts";
import type { ActionRun } from "./action-run.ts";

interface Run {
  readonly environment: Pick<ActionRun["environment"], "serverUrl" | "owner" | "repo">;
  readonly config: Pick<ActionRun["config"], "experimentsDir">;
}

/** The pages of a session's log and report at a commit, and of the commit. */
export function linksTo(
  run: Run,
  session: string,
  { commit }: Pick<Revision, "commit">,
): { logUrl: string; reportUrl: string; commit: { sha: string; url: string } } {
  const folder = sessionFolder(run.config.experimentsDir, session);
  const urlOf = (file: string) => fileUrl(run, commit, { path: `${folder}/${file}` });
  return {
    logUrl: urlOf(SESSION_FILES.log),
    reportUrl: urlOf(SESSION_FILES.report),
    commit: { sha: commit, url: `${repositoryUrl(run)}/commit/${commit}` },
  };
}

/** The page of a file at a commit, at a line where one is known. */
export function fileUrl(
  run: Pick<Run, "environment">,
  commit: string,
  place: { readonly path: string; readonly line?: number | undefined },
): string {
  const path = place.path.split("/").map(encodeURIComponent).join("/");
  const anchor = place.line === undefined ? "" : `#L${place.line}`;
  return `${repositoryUrl(run)}/blob/${commit}/${path}${anchor}`;
}

function repositoryUrl({ environment }: Pick<Run, "environment">): string {
  const { serverUrl, owner, repo } = environment;
  return `${serverUrl}/${owner}/${repo}`;
}

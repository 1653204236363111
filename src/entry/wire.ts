import { readSecrets } from "../adapters/actions/environment.ts";
import { createProxyFetch } from "../adapters/actions/proxy-fetch.ts";
import { readRegularFile } from "../adapters/files/read-file.ts";
import { createGitHubClient, type GitHubClient } from "../adapters/github/client.ts";
import { createComments } from "../adapters/github/comments.ts";
import { createPermissions } from "../adapters/github/permissions.ts";
import { createPostedComments } from "../adapters/github/posted-comments.ts";
import { createPullRequests } from "../adapters/github/pull-requests.ts";
import { createReactions } from "../adapters/github/reactions.ts";
import { createReviewedPullRequests } from "../adapters/github/reviewed-pull-requests.ts";
import { createLauncher } from "../adapters/launch/launcher.ts";
import { createQueueSource } from "../adapters/queue/source.ts";
import { createCasLogStore } from "../adapters/store/cas-log-store.ts";
import { createPullRequestChanges } from "../adapters/store/pull-request-changes.ts";
import { createSystemClock } from "../adapters/system/clock.ts";
import { sha256 } from "../adapters/system/sha256.ts";
import { InputError } from "../core/errors.ts";
import type { SessionSettings } from "../core/session/settings.ts";
import { assertSafeEdit } from "../core/sync/assert-safe-edit.ts";
import { mergeSessionFiles } from "../core/sync/merge-session-files.ts";
import { createRedactor } from "../core/text/redact.ts";
import { VERSION } from "../core/version.ts";
import type { Announcement } from "../modes/announce.ts";
import type { CarryPorts } from "../modes/carry-out.ts";
import type { SyncPorts } from "../modes/sync-session.ts";
import type { Clock } from "../ports/clock.ts";
import type { LogStore, Revision } from "../ports/log-store.ts";
import type { PostedComments } from "../ports/posted-comments.ts";
import type { PullRequestChanges } from "../ports/pull-request-changes.ts";
import type { QueueSource } from "../ports/queue-source.ts";
import type { ReviewedPullRequests } from "../ports/reviewed-pull-requests.ts";
import type { ActionRun } from "./action-run.ts";
import { createRemotes, type Remotes } from "./wire-remotes.ts";

export interface ActionPorts extends SyncPorts, CarryPorts {
  readonly reporter: CarryPorts["reporter"];
  readonly clock: Clock;
  readonly queue: QueueSource;
  readonly posted: PostedComments;
  readonly changes: PullRequestChanges;
  readonly reviewed: ReviewedPullRequests;
  readonly createRedactor: (settings: SessionSettings) => (text: string) => string;
  close(): Promise<void>;
}

/** The composition root of the Action: every effect it may have is made here. */
export async function createActionPorts(
  run: ActionRun,
  issueOfEvent: number | undefined,
): Promise<ActionPorts> {
  const { config, environment, reporter } = run;
  const { owner, repo } = environment;
  const clock = createSystemClock();
  const client = await createClient(run, clock);
  const github = { client, owner, repo };
  const remotes = createRemotes(run, { client, clock });
  const secrets = secretsOf(run);
  const redact = createRedactor({ secrets, settings: { paths: false, patterns: [] } });
  const folders = { repositoryRoot: environment.workspace, home: environment.home };
  return {
    clock,
    reporter,
    store: createStore(run, { client, clock, remotes }),
    queue: createQueueSource({
      cwd: environment.workspace,
      env: process.env,
      redact,
      clock,
      readFile: readRegularFile,
    }),
    createRedactor: (settings) =>
      createRedactor({ secrets, settings: settings.redact, ...folders }),
    announcement: { ...createAnnouncement(run, client), issueOfEvent, clock, redact },
    launcher: createLauncher({ cwd: environment.workspace, env: process.env, redact }),
    comments: createComments(github),
    posted: createPostedComments(github),
    changes: createPullRequestChanges({
      remote: remotes.remote,
      pullRequests: createPullRequests(github),
      experimentsDir: config.experimentsDir,
    }),
    reviewed: createReviewedPullRequests(github),
    permissions: createPermissions(github),
    reactions: createReactions(github),
    redact,
    // Nothing is said of commands that are not recorded.
    isDryRun: config.dryRun || config.commit === "none",
    close: remotes.close,
  };
}

async function createClient(run: ActionRun, clock: Clock): Promise<GitHubClient> {
  const { config, environment, reporter } = run;
  const proxyFetch = await createProxyFetch(process.env);
  return createGitHubClient({
    token: requireToken(config.token),
    apiUrl: environment.apiUrl,
    userAgent: `experiment-monitor/${VERSION}`,
    clock,
    onWait: (sentence) => reporter.info(sentence),
    ...(proxyFetch === undefined ? {} : { fetch: proxyFetch }),
  });
}

function createStore(
  run: ActionRun,
  parts: { readonly client: GitHubClient; readonly clock: Clock; readonly remotes: Remotes },
): LogStore {
  const { config, environment, reporter } = run;
  const { owner, repo } = environment;
  const { client, clock, remotes } = parts;
  return createCasLogStore({
    remote: remotes.remote,
    pullRequests: createPullRequests({ client, owner, repo }),
    clock,
    experimentsDir: config.experimentsDir,
    commit: config.commit,
    dryRun: config.dryRun,
    onProgress: (sentence) => reporter.info(sentence),
    assertSafe: (base, next) => assertSafeEdit(base, next, secretsOf(run)),
    mergeFiles: mergeSessionFiles,
    ...branchOf(run),
  });
}

function createAnnouncement(
  run: ActionRun,
  client: GitHubClient,
): Omit<Announcement, "issueOfEvent" | "clock" | "redact"> {
  const { config, environment } = run;
  const { owner, repo } = environment;
  return {
    comments: createComments({ client, owner, repo }),
    repository: `${owner}/${repo}`,
    sha256,
    isDryRun: config.dryRun,
    linksTo: (session, revision) => linksTo(run, session, revision),
  };
}

/** Values that must leave the machine in no file and no comment. */
function secretsOf({ config }: ActionRun): readonly string[] {
  const token = config.token === undefined ? [] : [config.token];
  return [...readSecrets(process.env), ...token];
}

function requireToken(token: string | undefined): string {
  if (token !== undefined) return token;
  throw new InputError("the input token is empty", {
    remedy: "Leave it out to use the job's own token, or pass one: token: ${{ secrets.NAME }}",
  });
}

/** The branch of the log: the input, else the default branch where the event names it. */
function branchOf({ config, event }: ActionRun): { readonly branch?: string } {
  const branch = config.branch ?? event.repository.defaultBranch;
  return branch === undefined ? {} : { branch };
}

function linksTo(
  { config, environment }: ActionRun,
  session: string,
  revision: Revision,
): { logUrl: string; reportUrl: string; commit: { sha: string; url: string } } {
  const { serverUrl, owner, repo } = environment;
  const base = `${serverUrl}/${owner}/${repo}`;
  const folder = [...config.experimentsDir.split("/"), session].map(encodeURIComponent).join("/");
  const blob = `${base}/blob/${revision.commit}/${folder}`;
  return {
    logUrl: `${blob}/experiment_log.csv`,
    reportUrl: `${blob}/experiment_report.md`,
    commit: { sha: revision.commit, url: `${base}/commit/${revision.commit}` },
  };
}

/** The page of a file at a commit, at a line where one is known. */
export function fileUrl(
  { environment }: ActionRun,
  commit: string,
  place: { readonly path: string; readonly line: number | undefined },
): string {
  const { serverUrl, owner, repo } = environment;
  const path = place.path.split("/").map(encodeURIComponent).join("/");
  const anchor = place.line === undefined ? "" : `#L${place.line}`;
  return `${serverUrl}/${owner}/${repo}/blob/${commit}/${path}${anchor}`;
}

/** What op_ids are made with: GitHub's id of the repository, which a rename leaves as it is. */
export function repositoryIdOf({ environment }: Pick<ActionRun, "environment">): string {
  return environment.repositoryId ?? `${environment.owner}/${environment.repo}`;
}

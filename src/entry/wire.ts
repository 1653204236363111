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
import { present } from "../core/text/present.ts";
import { createRedactor, type Redactor } from "../core/text/redact.ts";
import { VERSION } from "../core/version.ts";
import type { Announcement } from "../modes/announce.ts";
import type { CarryPorts } from "../modes/carry-out.ts";
import type { SyncPorts } from "../modes/sync-session.ts";
import type { Clock } from "../ports/clock.ts";
import type { Comments } from "../ports/comments.ts";
import type { LogStore } from "../ports/log-store.ts";
import type { PostedComments } from "../ports/posted-comments.ts";
import type { PullRequestChanges } from "../ports/pull-request-changes.ts";
import type { PullRequests } from "../ports/pull-requests.ts";
import type { QueueSource } from "../ports/queue-source.ts";
import type { ReviewedPullRequests } from "../ports/reviewed-pull-requests.ts";
import type { ActionRun } from "./action-run.ts";
import { linksTo } from "./links-to.ts";
import { createRemotes, type Remotes } from "./wire-remotes.ts";

export interface ActionPorts extends SyncPorts, CarryPorts {
  readonly reporter: CarryPorts["reporter"];
  readonly clock: Clock;
  readonly queue: QueueSource;
  readonly posted: PostedComments;
  readonly changes: PullRequestChanges;
  readonly reviewed: ReviewedPullRequests;
  readonly createRedactor: (settings: SessionSettings) => Redactor;
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
  const [comments, pullRequests] = [createComments(github), createPullRequests(github)];
  const remotes = createRemotes(run, { client, clock });
  const secrets = secretsOf(run);
  const redact = createRedactor({ secrets, settings: { paths: false, patterns: [] } });
  const folders = { repositoryRoot: environment.workspace, home: environment.home };
  return {
    clock,
    reporter,
    store: createStore(run, { pullRequests, clock, remotes }),
    queue: createQueueSource({
      cwd: environment.workspace,
      env: process.env,
      redact,
      clock,
      readFile: readRegularFile,
    }),
    createRedactor: (settings) =>
      createRedactor({ secrets, settings: settings.redact, ...folders }),
    announcement: { ...createAnnouncement(run, comments), issueOfEvent, clock, redact },
    launcher: createLauncher({ cwd: environment.workspace, env: process.env, redact }),
    comments,
    posted: createPostedComments(github),
    changes: createPullRequestChanges({
      remote: remotes.remote,
      pullRequests,
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
    ...present({ fetch: proxyFetch }),
  });
}

function createStore(
  run: ActionRun,
  parts: {
    readonly pullRequests: PullRequests;
    readonly clock: Clock;
    readonly remotes: Remotes;
  },
): LogStore {
  const { config, reporter } = run;
  const { pullRequests, clock, remotes } = parts;
  return createCasLogStore({
    remote: remotes.remote,
    pullRequests,
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
  comments: Comments,
): Omit<Announcement, "issueOfEvent" | "clock" | "redact"> {
  const { config, environment } = run;
  const { owner, repo } = environment;
  return {
    comments,
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
  return present({ branch: config.branch ?? event.repository.defaultBranch });
}

/** What op_ids are made with: GitHub's id of the repository, which a rename leaves as it is. */
export function repositoryIdOf({ environment }: Pick<ActionRun, "environment">): string {
  return environment.repositoryId ?? `${environment.owner}/${environment.repo}`;
}

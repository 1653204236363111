import type { LaunchOutcome } from "../core/launch/launch-outcome.ts";
import { mayAwaitLaunch } from "../core/launch/plan-launch.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import { decodeSessionLog } from "../core/session/decode-session.ts";
import type { SessionSettings, SettingsOverride } from "../core/session/settings.ts";
import type { Redactor } from "../core/text/redact.ts";
import type { Sha256 } from "../core/text/sha256.ts";
import type { Clock } from "../ports/clock.ts";
import type { Launcher } from "../ports/launcher.ts";
import type { LogStore, SessionFiles, Update } from "../ports/log-store.ts";
import type { Permissions } from "../ports/permissions.ts";
import type { QueueSource } from "../ports/queue-source.ts";
import type { Reporter } from "../ports/reporter.ts";
import { readFacts } from "./command-facts.ts";
import { launchOne } from "./launch-one.ts";
import type { RenderedSession, RenderInput } from "./render-files.ts";
import { keepRules, loadSettingsReader, type SettingsReader } from "./session-settings.ts";
import type { SessionView } from "./view-session.ts";

export interface LaunchPorts {
  readonly store: LogStore;
  readonly queue: Pick<QueueSource, "readStatus">;
  readonly launcher: Launcher;
  readonly clock: Pick<Clock, "now" | "random">;
  readonly reporter: Pick<Reporter, "info" | "warning">;
}

export interface LaunchRequest {
  readonly session: string;
  /** Of the branch that people trust, with inputs laid over them: what may be run is never taken from elsewhere. */
  readonly settings: SessionSettings;
  /** Absent: what `/launch` has queued, and what an earlier run left behind. */
  readonly experimentIds?: readonly string[];
  /** On the command line a person's word of now does for `/launch`. */
  readonly word?: { readonly actor: string; readonly isForced: boolean };
  /** Who may read the repository; absent where nobody needs to be asked. */
  readonly visibility?: Permissions["readVisibility"];
  readonly overrideSettings: SettingsOverride;
  readonly redact: Redactor;
  readonly sha256: Sha256;
  /** Input `command-prefix`, for the commands that reasons name. */
  readonly prefix?: string;
  /** Renders what is kept in step with the log. */
  readonly render: (input: RenderInput) => RenderedSession;
}

export interface LaunchReport {
  /** In the order they were asked for, else of the log. */
  readonly outcomes: readonly LaunchOutcome[];
  /** The last thing that was recorded, and the session as it stands then; absent when nothing was. */
  readonly update?: Update<SessionView>;
}

/** What the launches of one run share. */
export interface LaunchRun {
  readonly ports: LaunchPorts;
  readonly request: LaunchRequest;
  readonly isPublic: boolean;
  /** Tells this run's lines in the ledger from every other run's. */
  readonly runId: string;
  readonly readNow: SettingsReader;
}

/** Launches what is approved and queued, one after the other, each at most once. */
export async function launchQueued(
  ports: LaunchPorts,
  request: LaunchRequest,
): Promise<LaunchReport> {
  const experimentIds = request.experimentIds ?? (await selectAwaiting(ports, request));
  if (experimentIds.length === 0) return { outcomes: [] };
  const run: LaunchRun = {
    ports,
    request: {
      ...request,
      overrideSettings: keepRules(request.settings, request.overrideSettings),
    },
    isPublic: (await request.visibility?.()) === "public",
    runId: nameRun(ports.clock),
    readNow: await loadSettingsReader(),
  };
  const outcomes: LaunchOutcome[] = [];
  let last: Update<SessionView> | undefined;
  for (const experimentId of new Set(experimentIds)) {
    const { outcome, update } = await launchOne(run, experimentId);
    outcomes.push(outcome);
    last = update ?? last;
  }
  return last === undefined ? { outcomes } : { outcomes, update: last };
}

async function selectAwaiting(
  { store }: Pick<LaunchPorts, "store">,
  { session, sha256 }: Pick<LaunchRequest, "session" | "sha256">,
): Promise<readonly string[]> {
  return awaiting(await store.readNewest(session), sha256);
}

function awaiting(session: SessionFiles, sha256: Sha256): readonly string[] {
  if (!session.files.has(SESSION_FILES.ledger)) return [];
  const { launches } = readFacts(session, decodeSessionLog(session), sha256);
  return [...launches].filter(([, state]) => mayAwaitLaunch(state)).map(([id]) => id);
}

function nameRun({ random }: Pick<Clock, "random">): string {
  const part = () =>
    Math.floor(random() * 2 ** 40)
      .toString(36)
      .padStart(8, "0");
  return part() + part();
}

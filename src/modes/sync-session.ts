import { NO_FACTS } from "../core/command/facts.ts";
import { encodeLedger } from "../core/command/ledger-codec.ts";
import { type FoundInput, settleFound } from "../core/launch/settle-found.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import { createDraft, isChanged } from "../core/log/draft.ts";
import { encodeEmptyLog, encodeLog } from "../core/log/encode.ts";
import { decodeSessionLedger, decodeSessionLog } from "../core/session/decode-session.ts";
import type { SessionSettings, SettingsOverride } from "../core/session/settings.ts";
import { applyObservations, type SyncOutcome } from "../core/sync/apply-observations.ts";
import type { Change } from "../core/sync/change.ts";
import { commitMessage } from "../core/sync/message.ts";
import { present } from "../core/text/present.ts";
import type { Redactor } from "../core/text/redact.ts";
import type { Sha256 } from "../core/text/sha256.ts";
import type { Clock } from "../ports/clock.ts";
import type { Edit, LogStore, SessionFiles, Update } from "../ports/log-store.ts";
import type { QueueSource } from "../ports/queue-source.ts";
import type { Reporter } from "../ports/reporter.ts";
import { readFacts } from "./command-facts.ts";
import { type QueueReading, readQueue } from "./read-queue.ts";
import type { RenderedSession, RenderInput } from "./render-files.ts";
import {
  keepRules,
  loadSettingsReader,
  readSettings,
  type SettingsReader,
} from "./session-settings.ts";

export interface SyncPorts {
  readonly store: LogStore;
  readonly queue: QueueSource;
  readonly clock: Pick<Clock, "now">;
  readonly reporter: Pick<Reporter, "info">;
}

export interface SyncRequest<R> {
  readonly session: string;
  /** Inputs and flags laid over the session's settings. */
  readonly overrideSettings: SettingsOverride;
  readonly createRedactor: (settings: SessionSettings) => Redactor;
  /** Written to rows without an owner. */
  readonly owner?: string;
  /** Digests rows, so that what is rendered knows their approvals; without it the ledger is not read. */
  readonly sha256?: Sha256;
  /** Renders what is kept in step with the log; nothing where only the log is wanted. */
  readonly render: (input: RenderInput) => R;
}

/** What a sync made of one session. */
export interface SyncedSession<R> {
  readonly session: string;
  /** Those that it was rendered with. */
  readonly settings: SessionSettings;
  readonly outcome: SyncOutcome;
  readonly rendered: R;
  readonly update: Update<unknown>;
  readonly sourceAgeSeconds: number | undefined;
}

/** Files that are written with the log. */
type Companions = Pick<RenderedSession, "files">;

/** Renders nothing: the log alone is brought up to date. */
export function renderNothing(): Companions {
  return { files: new Map() };
}

/** The main job for one session: read the queue, bring it into the log, make it durable. */
export async function syncSession<R extends Companions>(
  ports: SyncPorts,
  request: SyncRequest<R>,
): Promise<SyncedSession<R>> {
  const now = ports.clock.now();
  const { session } = request;
  const files = await ports.store.read(session, [SESSION_FILES.settings]);
  const trusted = request.overrideSettings(await readSettings(files));
  const readLog = async () =>
    decodeSessionLog(await ports.store.read(session, [SESSION_FILES.log]));
  const reading = await readQueue(ports, { settings: trusted, now, readLog });
  const readNow = await loadSettingsReader();
  const edit = syncEdit({ request, trusted, readNow, reading, now });
  const update = await ports.store.update(session, edit);
  return { session, update, ...update.value, sourceAgeSeconds: reading.ageSeconds };
}

function syncEdit<R extends Companions>(work: {
  readonly request: SyncRequest<R>;
  readonly trusted: SessionSettings;
  readonly readNow: SettingsReader;
  readonly reading: QueueReading;
  readonly now: string;
}): Edit<Pick<SyncedSession<R>, "settings" | "outcome" | "rendered">> {
  const { request, trusted, readNow, reading, now } = work;
  const redact = request.createRedactor(trusted);
  const override = keepRules(trusted, request.overrideSettings);
  const owner = present({ owner: request.owner });
  return (files) => {
    const settings = override(readNow(files));
    const draft = createDraft(decodeSessionLog(files));
    const { report, metrics } = reading;
    const found = findLaunched(files, {
      draft,
      report,
      source: settings.queue.source,
      now,
      redact,
    });
    const observed = applyObservations(draft, { report, metrics, settings, now, redact, ...owner });
    const outcome = { ...observed, changes: [...found.changes, ...observed.changes] };
    const isNew = !files.files.has(SESSION_FILES.log) && !isChanged(draft);
    const log = isNew ? encodeEmptyLog() : encodeLog(draft);
    const { session } = request;
    const { stale } = outcome;
    const after = { ...files, files: new Map([...files.files, ...found.files]) };
    const facts = request.sha256 === undefined ? NO_FACTS : readFacts(after, draft, request.sha256);
    const rendered = request.render({ table: draft, settings, session, stale, facts });
    return {
      files: new Map([[SESSION_FILES.log, log], ...found.files, ...rendered.files]),
      message: commitMessage(session, outcome.changes),
      value: { settings, outcome, rendered },
    };
  };
}

/** A job that was launched from a row is that row's, also where its launch is not recorded yet. */
function findLaunched(
  files: SessionFiles,
  input: Omit<FoundInput, "ledger">,
): {
  readonly files: readonly (readonly [string, Uint8Array])[];
  readonly changes: readonly Change[];
} {
  if (!files.files.has(SESSION_FILES.ledger)) return { files: [], changes: [] };
  const ledger = decodeSessionLedger(files);
  const { added, changes } = settleFound({ ...input, ledger });
  if (added.length === 0) return { files: [], changes };
  return { files: [[SESSION_FILES.ledger, encodeLedger(ledger, added)]], changes };
}

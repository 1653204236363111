import { SESSION_FILES } from "../core/log/columns.ts";
import { type DecodedLog, decodeLog } from "../core/log/decode.ts";
import { createDraft, isChanged } from "../core/log/draft.ts";
import { encodeEmptyLog, encodeLog } from "../core/log/encode.ts";
import type { SessionSettings } from "../core/session/settings.ts";
import { applyObservations, type SyncOutcome } from "../core/sync/apply-observations.ts";
import { commitMessage } from "../core/sync/message.ts";
import type { Clock } from "../ports/clock.ts";
import type { Edit, LogStore, SessionFiles, Update } from "../ports/log-store.ts";
import type { QueueSource } from "../ports/queue-source.ts";
import type { Reporter } from "../ports/reporter.ts";
import { type QueueReading, readQueue } from "./read-queue.ts";
import { loadRenderer, type RenderedSession, type RenderInput } from "./render-files.ts";
import { readSettings } from "./session-settings.ts";

export interface SyncPorts {
  readonly store: LogStore;
  readonly queue: QueueSource;
  readonly clock: Pick<Clock, "now">;
  readonly reporter: Pick<Reporter, "info">;
}

export interface SyncRequest {
  readonly session: string;
  /** Inputs and flags laid over the session's settings. */
  readonly overrideSettings: (settings: SessionSettings) => SessionSettings;
  readonly createRedactor: (settings: SessionSettings) => (text: string) => string;
  /** Written to rows without an owner. */
  readonly owner?: string;
  /** Whether report, summary and badge are brought up to date with the log. */
  readonly withReport: boolean;
}

/** What a sync made of one session. */
export interface SyncedSession {
  readonly session: string;
  readonly settings: SessionSettings;
  readonly outcome: SyncOutcome;
  readonly update: Update<unknown>;
  /** Set when the request asked for the report. */
  readonly rendered: RenderedSession | undefined;
  readonly sourceAgeSeconds: number | undefined;
}

interface Applied {
  readonly outcome: SyncOutcome;
  readonly rendered: RenderedSession | undefined;
}

/** The main job for one session: read the queue, bring it into the log, make it durable. */
export async function syncSession(ports: SyncPorts, request: SyncRequest): Promise<SyncedSession> {
  const now = ports.clock.now();
  const before = await ports.store.read(request.session);
  const settings = request.overrideSettings(await readSettings(before));
  const reading = await readQueue(ports, {
    settings,
    now,
    decodeLog: () => decodeSessionLog(before),
  });
  const render = request.withReport ? await loadRenderer() : undefined;
  const edit = syncEdit({ request, settings, reading, now, render });
  const update = await ports.store.update(request.session, edit);
  return {
    session: request.session,
    settings,
    update,
    ...update.value,
    sourceAgeSeconds: reading.ageSeconds,
  };
}

/** The log of a session; a missing file is an empty one, because the first write makes it. */
export function decodeSessionLog(session: SessionFiles): DecodedLog {
  const bytes = session.files.get(SESSION_FILES.log) ?? new Uint8Array();
  return decodeLog(bytes, `${session.folder}/${SESSION_FILES.log}`);
}

function syncEdit(work: {
  readonly request: SyncRequest;
  readonly settings: SessionSettings;
  readonly reading: QueueReading;
  readonly now: string;
  readonly render: ((input: RenderInput) => RenderedSession) | undefined;
}): Edit<Applied> {
  const { request, settings, reading, now } = work;
  const redact = request.createRedactor(settings);
  return (session) => {
    const draft = createDraft(decodeSessionLog(session));
    const { report, metrics } = reading;
    const owner = request.owner === undefined ? {} : { owner: request.owner };
    const outcome = applyObservations(draft, { report, metrics, settings, now, redact, ...owner });
    const isNew = !session.files.has(SESSION_FILES.log) && !isChanged(draft);
    const log = isNew ? encodeEmptyLog() : encodeLog(draft);
    const rendered = work.render?.({
      table: draft,
      settings,
      session: request.session,
      stale: outcome.stale,
    });
    return {
      files: new Map([[SESSION_FILES.log, log], ...(rendered?.files ?? [])]),
      message: commitMessage(request.session, outcome.changes),
      value: { outcome, rendered },
    };
  };
}

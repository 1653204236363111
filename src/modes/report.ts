import type { ObjectiveMode } from "../core/log/columns.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import type { SettingsOverride } from "../core/session/settings.ts";
import { present } from "../core/text/present.ts";
import type { Redactor } from "../core/text/redact.ts";
import type { Sha256 } from "../core/text/sha256.ts";
import type { LogStore } from "../ports/log-store.ts";
import { type Announcement, announce, type ReportedWork } from "./announce.ts";
import { eachSession, type SessionResult } from "./each-session.ts";
import { refuseMissingLog } from "./refuse-absent.ts";
import { loadRenderer, type RenderInput } from "./render-files.ts";
import { keepRules, loadSettingsReader, readSettings } from "./session-settings.ts";
import { viewSession } from "./view-session.ts";

export interface ReportRequest {
  readonly session: string;
  readonly overrideSettings: SettingsOverride;
  readonly title?: string;
  /** Rows of the recent table. */
  readonly maxRows?: number;
  readonly objectiveModeOverride?: ObjectiveMode;
  /** Digests rows, so that the report knows their approvals. */
  readonly sha256: Sha256;
  /** Takes the run's own secrets out of the report. */
  readonly redact: Redactor;
}

/** Renders the report of every session asked for and brings it to its issue. */
export async function report(
  ports: { readonly store: LogStore; readonly announcement: Announcement },
  session: string | undefined,
  request: Omit<ReportRequest, "session" | "sha256" | "redact">,
): Promise<readonly SessionResult[]> {
  return await eachSession(ports.store, session, async (name) => {
    const { sha256, redact } = ports.announcement;
    const work = await reportSession(ports.store, { ...request, session: name, sha256, redact });
    return { kind: "done", work, comment: await announce(ports.announcement, work) };
  });
}

/**
 * Renders a session's report from its log, and its summary and badge; runs stay stale as the last sync left them.
 *
 * @throws {InputError} when the session has no log
 */
export async function reportSession(
  store: LogStore,
  request: ReportRequest,
): Promise<ReportedWork> {
  const before = await store.read(request.session, [SESSION_FILES.settings, SESSION_FILES.summary]);
  const trusted = request.overrideSettings(await readSettings(before));
  const render = await loadRenderer(request.redact);
  const { session, title, maxRows, objectiveModeOverride } = request;
  const options = present({ title, maxRows, objectiveModeOverride });
  const work = {
    ...request,
    overrideSettings: keepRules(trusted, request.overrideSettings),
    readNow: await loadSettingsReader(),
    render: (input: RenderInput) => render({ ...input, ...options }),
  };
  const update = await store.update(session, (files) => {
    refuseMissingLog(files);
    const { settings, rendered } = viewSession(work, files);
    return {
      files: rendered.files,
      message: { headline: `${session}: refresh the report`, body: "[skip ci]" },
      value: { settings, rendered },
    };
  });
  return { session, ...update.value, update, sourceAgeSeconds: undefined };
}

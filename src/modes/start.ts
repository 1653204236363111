import { InputError } from "../core/errors.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import { decodeLog } from "../core/log/decode.ts";
import { encodeEmptyLog } from "../core/log/encode.ts";
import { addAttributes, GIT_ATTRIBUTES } from "../core/session/git-attributes.ts";
import { pathInSession } from "../core/session/path-in-session.ts";
import type { Objective } from "../core/session/settings.ts";
import { present } from "../core/text/present.ts";
import type { Redactor } from "../core/text/redact.ts";
import type { LogStore, SessionFiles, Update } from "../ports/log-store.ts";
import { loadRenderer } from "./render-files.ts";
import { readSettings } from "./session-settings.ts";

export interface StartRequest {
  readonly session: string;
  /** `new` must not exist, `resume` must; neither: whichever is so. */
  readonly demand: "new" | "resume" | "either";
  readonly objective: Partial<Pick<Objective, "metric" | "mode" | "target">>;
  readonly issue: number | undefined;
  readonly queueKind: string | undefined;
  /** Where editors find the JSON Schema of session.yml. */
  readonly schema: string;
  /** Takes the run's own secrets out of the report. */
  readonly redact: Redactor;
  /** The experiments directory as the repository's .gitattributes names it; absent outside of a repository. */
  readonly experimentsPath: string | undefined;
}

export interface StartedSession {
  readonly mode: "new" | "resume";
  readonly update: Update<unknown>;
  /** Whether .gitattributes lacked how git is to merge the session's files. */
  readonly addedAttributes: boolean;
}

/**
 * Creates a session's files, or resumes it and adds the files it lacks; nothing that exists is changed.
 *
 * @throws {InputError} when it exists and should not, or the other way round
 */
export async function start(store: LogStore, request: StartRequest): Promise<StartedSession> {
  const before = await store.read(request.session, Object.values(SESSION_FILES));
  const mode = before.files.size > 0 ? "resume" : "new";
  const attributes = await newAttributes(store, request);
  refuseOther(request, mode, before.folder);
  const settingsText = await newSettings(request);
  const settings = await readSettings(withSettings(before, settingsText));
  const render = await loadRenderer(request.redact);
  const update = await store.update(request.session, (session) => {
    const log = session.files.get(SESSION_FILES.log) ?? encodeEmptyLog();
    const table = decodeLog(log, pathInSession(session, SESSION_FILES.log));
    const report = render({ table, settings, session: request.session, stale: [] }).report;
    const wanted: readonly (readonly [string, Uint8Array])[] = [
      [SESSION_FILES.settings, settingsText],
      [SESSION_FILES.log, log],
      [SESSION_FILES.report, Buffer.from(report, "utf8")],
    ];
    return {
      files: new Map([...wanted.filter(([name]) => !session.files.has(name)), ...attributes]),
      message: { headline: `${request.session}: start the session`, body: "[skip ci]" },
      value: undefined,
    };
  });
  return { mode, update, addedAttributes: attributes.length > 0 };
}

/** The repository's .gitattributes with what it lacks; nothing when it lacks nothing. */
async function newAttributes(
  store: LogStore,
  { session, experimentsPath }: StartRequest,
): Promise<readonly (readonly [string, Uint8Array])[]> {
  if (experimentsPath === undefined) return [];
  const { files } = await store.read(session, [GIT_ATTRIBUTES]);
  const before = files.get(GIT_ATTRIBUTES) ?? new Uint8Array();
  const after = addAttributes(before, experimentsPath);
  return after === before ? [] : [[GIT_ATTRIBUTES, after]];
}

function refuseOther(request: StartRequest, mode: "new" | "resume", folder: string): void {
  if (request.demand === "new" && mode === "resume") {
    throw new InputError(`the session ${request.session} exists already: ${folder}`, {
      remedy: "Choose another name, or pass --resume to go on with it.",
    });
  }
  if (request.demand === "resume" && mode === "new") {
    throw new InputError(`there is no session ${request.session}: ${folder}`, {
      remedy: "Check the name and the experiments directory, or pass --new to create it.",
    });
  }
}

async function newSettings(request: StartRequest): Promise<Uint8Array> {
  const { renderSettings } = await import("../core/session/render-settings.ts");
  const text = renderSettings({
    schema: request.schema,
    objective: request.objective,
    ...present({ issue: request.issue, queueKind: request.queueKind }),
  });
  return Buffer.from(text, "utf8");
}

function withSettings(session: SessionFiles, settings: Uint8Array): SessionFiles {
  if (session.files.has(SESSION_FILES.settings)) return session;
  return { ...session, files: new Map([...session.files, [SESSION_FILES.settings, settings]]) };
}

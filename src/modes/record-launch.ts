import { encodeLedger } from "../core/command/ledger-codec.ts";
import type { LaunchEnding } from "../core/launch/judge-launch.ts";
import { type Settled, settleLaunch } from "../core/launch/settle-launch.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import { createDraft } from "../core/log/draft.ts";
import { encodeLog } from "../core/log/encode.ts";
import { decodeSessionLedger, decodeSessionLog } from "../core/session/decode-session.ts";
import { commitMessage } from "../core/sync/message.ts";
import { quoteUntrusted } from "../core/text/safe-log.ts";
import type { Edit, Update } from "../ports/log-store.ts";
import type { LaunchRun } from "./launch.ts";
import { type SessionView, viewSession } from "./view-session.ts";

/** How a launch ended. */
export interface EndedLaunch {
  readonly experimentId: string;
  readonly opId: string;
  readonly ending: LaunchEnding;
  /** Another run began it. */
  readonly isRecovery: boolean;
}

/** Records how a launch ended, in the ledger and in the row, and renders the session anew. */
export async function recordLaunch(
  run: LaunchRun,
  ended: EndedLaunch,
): Promise<{ readonly ending: LaunchEnding; readonly update: Update<SessionView> }> {
  const { store, clock, reporter } = run.ports;
  try {
    const edit = recordEdit(run, ended, clock.now());
    const update = await store.update(run.request.session, edit);
    return { ending: update.value.ending, update: { ...update, value: update.value.view } };
  } catch (error) {
    reporter.warning(describeUnrecorded(ended));
    throw error;
  }
}

function recordEdit(
  run: LaunchRun,
  ended: EndedLaunch,
  now: string,
): Edit<{ readonly ending: LaunchEnding; readonly view: SessionView }> {
  const { session, settings, redact } = run.request;
  return (files) => {
    const draft = createDraft(decodeSessionLog(files));
    const ledger = decodeSessionLedger(files);
    const { source } = settings.queue;
    const settled = settleLaunch({ ...ended, draft, ledger, source, now, redact });
    const written = new Map([
      [SESSION_FILES.log, encodeLog(draft)],
      [SESSION_FILES.ledger, encodeLedger(ledger, settled.added)],
    ]);
    const after = { ...files, files: new Map([...files.files, ...written]) };
    const view = viewSession({ ...run.request, readNow: run.readNow }, after);
    return {
      files: new Map([...written, ...view.rendered.files]),
      message: messageOf(session, settled),
      value: { ending: settled.ending, view },
    };
  };
}

function messageOf(session: string, { ending, changes }: Settled) {
  const message = commitMessage(session, changes);
  const words = ending.kind === "launched" ? "launched" : `launch ${ending.kind}`;
  return { ...message, headline: `${session}: ${words}` };
}

/** The job may run by now, so its id must not be lost with the error that follows. */
function describeUnrecorded({ experimentId, ending }: EndedLaunch): string {
  const id = quoteUntrusted(experimentId);
  const what =
    ending.kind === "launched"
      ? `was launched as job ${quoteUntrusted(ending.jobId)}`
      : `has a launch that ${ending.kind === "failed" ? "failed" : "nothing certain is known of"}`;
  return `Experiment ${id} ${what}, and that could not be recorded; the ledger still says that it is being launched.`;
}

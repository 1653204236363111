import type { PostedComments } from "../ports/posted-comments.ts";
import { announce } from "./announce.ts";
import { answerApplied, type CarryPorts, carryOut, concernsReport, workOf } from "./carry-out.ts";
import { catchUp } from "./catch-up.ts";
import { type CommandRequest, UNTOUCHED } from "./command.ts";
import { eachSession, type SessionResult } from "./each-session.ts";
import { loadRenderer } from "./render-files.ts";

/** Takes the commands that earlier runs have missed, of every session asked for; the queue is not read. */
export async function takeMissed(
  ports: CarryPorts & { readonly posted: PostedComments },
  request: CommandRequest,
): Promise<readonly SessionResult[]> {
  const render = await loadRenderer(ports.redact);
  const { sha256 } = ports.announcement;
  return await eachSession(ports.store, request.session, async (session) => {
    const all = { ...request, session, render, sha256 };
    const carried = (await catchUp(ports, all)) ?? (await carryOut(ports, [], all));
    const work = workOf(carried);
    const comment = concernsReport(carried) ? await announce(ports.announcement, work) : UNTOUCHED;
    await answerApplied(ports, carried, { ...request, report: comment });
    return { kind: "done", work, comment, carried };
  });
}

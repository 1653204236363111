import type { PostedComments } from "../ports/posted-comments.ts";
import { type CarryPorts, carryOut } from "./carry-out.ts";
import { catchUp } from "./catch-up.ts";
import type { CommandRequest } from "./command.ts";
import { eachSession, type SessionResult } from "./each-session.ts";
import { loadRenderer } from "./render-files.ts";
import { tellCarried } from "./tell-carried.ts";

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
    return await tellCarried(ports, carried, request);
  });
}

import { type Announcement, announce } from "./announce.ts";
import { eachSession, type SessionResult } from "./each-session.ts";
import { loadRenderer, type RenderedSession } from "./render-files.ts";
import { type SyncPorts, type SyncRequest, syncSession } from "./sync-session.ts";

/** The main job: for each session the queue's report goes into the log, the log into git, the report to its issue. */
export async function sync(
  ports: SyncPorts & { readonly announcement: Announcement },
  session: string | undefined,
  request: Omit<SyncRequest<RenderedSession>, "session" | "render">,
): Promise<readonly SessionResult[]> {
  const render = await loadRenderer();
  return await eachSession(ports.store, session, async (name) => {
    const { outcome, ...work } = await syncSession(ports, { ...request, session: name, render });
    return { kind: "done", work, outcome, comment: await announce(ports.announcement, work) };
  });
}

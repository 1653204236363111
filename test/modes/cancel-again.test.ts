import { expect, it } from "vitest";
import { command } from "../../src/modes/command.ts";
import type { IncomingComment } from "../../src/modes/read-comment.ts";
import { createFakeLauncher, ENDED } from "../builders/launching.ts";
import { logText, NOW } from "../builders/log.ts";
import {
  announcementOf,
  clock,
  commandPortsOf,
  reporterOf,
  request,
  SETTINGS,
} from "../builders/modes.ts";
import { xaxJob, xaxStatus } from "../builders/xax.ts";
import { createFakeComments } from "../fakes/comments.ts";
import { createFakeQueue } from "../fakes/queue.ts";
import { createFakeStore } from "../fakes/store.ts";

const LOG = logText([
  {
    experiment_id: "a",
    status: "running",
    queue_job_id: "job-1",
    created_at: NOW,
    updated_at: NOW,
  },
]);

const COMMENT: IncomingComment = {
  id: "7",
  kind: "comment",
  target: { kind: "comment", id: 7 },
  issue: 1,
  url: "https://github.test/comments/7",
  body: '/cancel a reason="no need"',
  author: { login: "alice", id: "1", isBot: false },
  isEdited: false,
};

it("a /cancel whose run ended after its commit cancels the job when it is given again", async () => {
  const comments = createFakeComments();
  const launcher = createFakeLauncher(() => ENDED);
  const store = createFakeStore({ mnist: { "session.yml": SETTINGS, "experiment_log.csv": LOG } });
  const ports = {
    ...commandPortsOf(comments),
    store,
    clock,
    launcher,
    reporter: reporterOf(),
    queue: createFakeQueue(xaxStatus(xaxJob({ job_id: "job-1" }))),
    announcement: announcementOf(comments),
  };
  // As far as the first run came: it recorded the command, and did not get to the queue.
  await command(ports, COMMENT, request);
  const recorded = store.texts("mnist");
  expect(launcher.cancelled).toEqual([]);
  await command(ports, COMMENT, { ...request, mayLaunch: true });
  expect(launcher.cancelled).toEqual(["xax queue kill job-1"]);
  expect(store.texts("mnist")).toEqual(recorded);
  expect(comments.thread.at(-1)?.body).toContain("was cancelled in the queue");
});

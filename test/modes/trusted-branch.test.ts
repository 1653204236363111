import { describe, expect, it } from "vitest";
import { type CommandResult, command } from "../../src/modes/command.ts";
import { buildOutputs } from "../../src/modes/outputs.ts";
import type { IncomingComment } from "../../src/modes/read-comment.ts";
import { report } from "../../src/modes/report.ts";
import { sync } from "../../src/modes/sync.ts";
import { logText, NOW } from "../builders/log.ts";
import {
  announcementOf,
  clock,
  commandPortsOf,
  reporterOf,
  request,
  SETTINGS,
} from "../builders/modes.ts";
import { xaxStatus } from "../builders/xax.ts";
import { createFakeComments } from "../fakes/comments.ts";
import { createFakeQueue } from "../fakes/queue.ts";
import { createFakeStore, type FakeStoreOptions } from "../fakes/store.ts";

const TIMES = { created_at: NOW, updated_at: NOW };
const PLANNED = { status: "planned", hypothesis: "why", ...TIMES };
const LOG = "experiment_log.csv";
const asIs = (text: string) => text;

/** A session of which a run sees the base, and its edits something else. */
function sceneOf(base: Readonly<Record<string, string>>, options: FakeStoreOptions) {
  const comments = createFakeComments();
  const store = createFakeStore({ mnist: base }, options);
  const ports = {
    ...commandPortsOf(comments),
    store,
    clock,
    reporter: reporterOf(),
    queue: createFakeQueue(xaxStatus()),
    announcement: announcementOf(comments),
  };
  let id = 6;
  const say = async (body: string): Promise<CommandResult> => {
    id += 1;
    const incoming: IncomingComment = {
      id: String(id),
      kind: "comment",
      target: { kind: "comment", id },
      issue: 1,
      url: `https://github.test/comments/${id}`,
      body,
      author: { login: "alice", id: "1", isBot: false },
      isEdited: false,
    };
    return await command(ports, incoming, request);
  };
  return {
    store,
    comments,
    say,
    sync: async () => buildOutputs("sync", await sync(ports, undefined, request), asIs),
    report: async () => buildOutputs("report", await report(ports, undefined, request), asIs),
  };
}

const FILES = {
  "session.yml": SETTINGS,
  [LOG]: logText([
    { experiment_id: "plan", owner: "alice", ...PLANNED },
    { experiment_id: "base", status: "completed", objective_value: "1", ...TIMES },
  ]),
};

describe("a session that a pull request carries", () => {
  it("shows what /stop, /target and /baseline said there, whatever runs next", async () => {
    const { store, comments, ...scene } = sceneOf(FILES, { carried: { mnist: FILES } });
    await scene.sync();
    await scene.say("/stop The budget is used up.\n\n/target 0.05\n\n/baseline base");
    const after = store.texts("mnist");
    const posted = comments.thread.map(({ body }) => body);
    expect(after["experiment_report.md"]).toContain("0.05");
    expect(await scene.sync()).toMatchObject({ "should-stop": "true", decision: "unchanged" });
    expect(await scene.report()).toMatchObject({ "should-stop": "true", changed: "false" });
    expect(store.texts("mnist")).toEqual(after);
    expect(comments.thread.map(({ body }) => body)).toEqual(posted);
  });

  it.each([
    ["two-person: true", "two-person: false", "/approve plan", "proposals.two-person"],
    ["max-open: 1", "max-open: 9", "/propose b\nBecause.", "proposals.max-open"],
  ])(
    "takes the rule %s from the base, where its own branch says %s",
    async (rule, other, body, word) => {
      const withRule = (text: string) => `${SETTINGS}proposals: { ${text} }\n`;
      const { store, say } = sceneOf(
        { ...FILES, "session.yml": withRule(rule) },
        { carried: { mnist: { ...FILES, "session.yml": withRule(other) } } },
      );
      const before = store.texts("mnist");
      expect(await say(body)).toMatchObject({
        kind: "refused",
        sentence: expect.stringContaining(word),
      });
      expect(store.texts("mnist")).toEqual(before);
    },
  );
});

describe("a command", () => {
  it("is not refused for a row that came while its author's role was asked", async () => {
    const { say } = sceneOf({ "session.yml": SETTINGS }, { unseen: { mnist: FILES } });
    expect(await say("/note plan Promising.")).toMatchObject({ kind: "done" });
  });
});

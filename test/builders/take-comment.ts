import { createRedactor } from "../../src/core/text/redact.ts";
import { type CommandRequest, type CommandResult, command } from "../../src/modes/command.ts";
import { takeMissed } from "../../src/modes/missed.ts";
import type { IncomingComment } from "../../src/modes/read-comment.ts";
import type { PostedComment } from "../../src/ports/posted-comments.ts";
import { createFakePosted } from "../fakes/command-ports.ts";
import { createFakeComments } from "../fakes/comments.ts";
import { createFakeQueue } from "../fakes/queue.ts";
import { createFakeStore } from "../fakes/store.ts";
import { NOW } from "./log.ts";
import { announcementOf, clock, commandPortsOf, reporterOf, request } from "./modes.ts";
import { xaxStatus } from "./xax.ts";

const ALICE = { login: "alice", id: "1", isBot: false };

type Asked = Partial<CommandRequest> & {
  /** Comments of issue 1, for the catch-up. */
  readonly posted?: readonly PostedComment[];
  /** The run's own. */
  readonly secrets?: readonly string[];
};

/** Sessions in memory, and a run that takes comments on issue 1 by `alice`, who has the role write. */
export function createCommandRun(
  sessions: Readonly<Record<string, Readonly<Record<string, string>>>>,
  { posted = [], secrets = [], ...asked }: Asked = {},
) {
  const store = createFakeStore(sessions);
  const comments = createFakeComments();
  const redact = createRedactor({ secrets, settings: { paths: false, patterns: [] } });
  const ports = {
    ...commandPortsOf(comments),
    posted: createFakePosted(posted),
    redact,
    store,
    clock,
    reporter: reporterOf(),
    queue: createFakeQueue(xaxStatus()),
    announcement: announcementOf(comments, { redact }),
  };
  const all: CommandRequest = {
    ...request,
    createRedactor: (settings) => createRedactor({ secrets, settings: settings.redact }),
    ...asked,
  };
  return {
    reactions: ports.reactions.given,
    /** What is posted, as a reader sees it. */
    shown: () => comments.thread.map(({ body }) => body.replaceAll("\u2060", "")).join("\n"),
    texts: store.texts,
    say: (body: string, comment: Partial<IncomingComment> = {}): Promise<CommandResult> =>
      command(ports, incomingComment(body, comment), all),
    catchUp: () => takeMissed(ports, all),
  };
}

export function incomingComment(
  body: string,
  overrides: Partial<IncomingComment> = {},
): IncomingComment {
  return {
    id: "7",
    kind: "comment",
    target: { kind: "comment", id: 7 },
    issue: 1,
    url: "https://github.test/comments/7",
    body,
    author: ALICE,
    isEdited: false,
    ...overrides,
  };
}

/** A comment that stands on an issue, by `alice`. */
export function postedComment(body: string, overrides: Partial<PostedComment> = {}): PostedComment {
  return {
    id: 7,
    url: "https://github.test/comments/7",
    body,
    createdAt: NOW,
    isEdited: false,
    author: ALICE,
    isOurs: false,
    ownReactions: new Set(),
    ...overrides,
  };
}

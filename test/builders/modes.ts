import { createHash } from "node:crypto";
import type { Announcement } from "../../src/modes/announce.ts";
import type { Comments } from "../../src/ports/comments.ts";
import {
  createFakeLauncher,
  createFakePermissions,
  createFakePosted,
  createFakeReactions,
} from "../fakes/command-ports.ts";
import { NOW } from "./log.ts";

export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

export const clock = { now: () => NOW, random: () => 0.5 };

/** A session.yml whose queue is read from a file and whose report goes to issue 1. */
export const SETTINGS =
  "issue: 1\nobjective: { metric: loss, mode: min }\nqueue: { status: { file: status.json } }\n";

export function announcementOf(
  comments: Comments,
  overrides: Partial<Announcement> = {},
): Announcement {
  return {
    comments,
    repository: "octo/research",
    sha256,
    issueOfEvent: undefined,
    isDryRun: false,
    clock,
    redact: (text) => text,
    linksTo: (session, { commit }) => ({ logUrl: `https://github.test/${session}/${commit}` }),
    ...overrides,
  };
}

/** What a run asks of every session, without overrides or redaction. */
export const request = {
  overrideSettings: <T>(settings: T) => settings,
  createRedactor: () => (text: string) => text,
  minPermission: "write",
  mayLaunch: false,
  repositoryId: "1",
  isOwn: async () => false,
  redact: (text: string) => text,
} as const;

export interface FakeReporter {
  readonly said: string[];
  readonly warned: string[];
  info(message: string): void;
  warning(message: string): void;
}

export function reporterOf(): FakeReporter {
  const said: string[] = [];
  const warned: string[] = [];
  return {
    said,
    warned,
    info: (message) => said.push(message),
    warning: (message) => warned.push(message),
  };
}

/** What takes the commands of comments; every login has the role `write`. */
export function commandPortsOf(comments: Comments) {
  return {
    comments,
    reactions: createFakeReactions(),
    permissions: createFakePermissions({ alice: "write", bob: "write" }),
    posted: createFakePosted(),
    launcher: createFakeLauncher(),
    redact: (text: string) => text,
    isDryRun: false,
  };
}

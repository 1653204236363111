import type { Command } from "../../src/core/command/command.ts";
import type { CommandFacts } from "../../src/core/command/facts.ts";
import type { CommandOutcome } from "../../src/core/command/outcome.ts";
import type { ReplyInput, ReplySession } from "../../src/core/report/reply/reply.ts";
import type { SessionSettings } from "../../src/core/session/settings.ts";
import { commandFacts } from "./facts.ts";
import { type Cells, logTable } from "./log-table.ts";
import { reportModel, sessionSettings } from "./report.ts";

/** What one command did, with overrides. */
export function commandOutcome(
  command: Command,
  overrides: Partial<CommandOutcome> = {},
): CommandOutcome {
  return {
    command,
    opId: "op",
    kind: "applied",
    experimentIds: [],
    changes: [],
    notes: [],
    ...overrides,
  };
}

/** A question, which changes nothing. */
export function answered(command: Command): CommandOutcome {
  return commandOutcome(command, { kind: "answered" });
}

export interface ReplyOverrides extends Partial<Omit<ReplyInput, "content">> {
  readonly facts?: CommandFacts;
  readonly settings?: SessionSettings;
  readonly links?: ReplySession["links"];
  readonly launches?: ReplySession["launches"];
}

/** What a reply to applied commands is rendered from. */
export function appliedReply(
  rows: readonly Cells[],
  outcomes: readonly CommandOutcome[],
  overrides: ReplyOverrides = {},
): ReplyInput {
  const { links = {}, launches = [], ...rest } = overrides;
  const { facts = commandFacts(), settings = sessionSettings(), ...input } = rest;
  const table = logTable(rows);
  const model = reportModel(rows, { facts, settings });
  return {
    comment: { author: { login: "mira", id: "1" } },
    mayLaunch: false,
    redact: (text) => text,
    ...input,
    content: {
      kind: "applied",
      session: { outcomes, table, settings, facts, model, links, launches },
    },
  };
}

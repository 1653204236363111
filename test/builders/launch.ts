import { buildFacts } from "../../src/core/command/build-facts.ts";
import { rowDigest } from "../../src/core/command/digest.ts";
import type { Ledger, LedgerEntry } from "../../src/core/command/ledger.ts";
import { decodeLedger } from "../../src/core/command/ledger-codec.ts";
import type { ClaimInput } from "../../src/core/launch/claim-launch.ts";
import type { Column } from "../../src/core/log/columns.ts";
import type { LogDraft } from "../../src/core/log/draft.ts";
import type { SessionSettings } from "../../src/core/session/settings.ts";
import { extendLedger } from "./extend-ledger.ts";
import { draftOf, logText, NOW } from "./log.ts";
import { sha256 } from "./modes.ts";
import { settingsOf } from "./xax.ts";

/** A proposal that may be launched. */
export const PROPOSAL: Partial<Record<Column, string>> = {
  status: "planned",
  command: "--lr=0.1",
  hypothesis: "less noise",
  objective_metric: "loss",
  updated_at: NOW,
};

export const LAUNCH: NonNullable<SessionSettings["launch"]> = {
  command: ["python", "train.py", "{args...}"],
  allow: ["--*=*"],
  public: false,
};

export const TRUSTED = settingsOf({ launch: LAUNCH });

export function entryOf(overrides: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    opId: "aaaaaaaaaaaaaaaaaaaa",
    commentId: "7",
    commentUrl: "https://github.test/comments/7",
    actor: "ann",
    actorId: "1",
    command: "/launch exp-1",
    experimentId: "exp-1",
    outcome: "queued-for-launch",
    detail: "",
    at: NOW,
    ...overrides,
  };
}

export function ledgerOf(...entries: readonly LedgerEntry[]): Ledger {
  return extendLedger(decodeLedger(undefined, "command_log.csv"), entries);
}

/** A row and a ledger in which `/launch` stands, with more lines after it. */
export function queued(
  row: Partial<Record<Column, string>> = {},
  more: readonly Partial<LedgerEntry>[] = [],
): { readonly draft: LogDraft; readonly ledger: Ledger } {
  const draft = draftOf(logText([{ ...PROPOSAL, ...row }]));
  const detail = rowDigest(draft, 0, sha256);
  const lines = more.map((line) => entryOf({ detail, ...line }));
  return { draft, ledger: ledgerOf(entryOf({ detail }), ...lines) };
}

/** What a claim of `exp-1` is decided from. */
export function claimInput(
  { draft, ledger }: { readonly draft: LogDraft; readonly ledger: Ledger },
  overrides: Partial<ClaimInput["question"]> & { readonly runId?: string } = {},
): ClaimInput {
  const { runId = "r1", ...question } = overrides;
  return {
    question: {
      experimentId: "exp-1",
      table: draft,
      facts: buildFacts(draft, ledger, sha256),
      settings: TRUSTED,
      isPaused: false,
      isPublic: false,
      now: NOW,
      ...question,
    },
    ledger,
    runId,
    sha256,
  };
}

import type { CommandFacts } from "../command/facts.ts";
import { shortenText } from "../text/escape.ts";
import { LIMITS } from "./limits.ts";

/** How far a planned experiment is on its way to a launch. */
export type ProposalState =
  /** Nobody has approved it. */
  | { readonly kind: "open" }
  /** Approved as it stands; `/launch` was not given. */
  | { readonly kind: "approved"; readonly by: string }
  /** `/launch` was given, and the row is as it was then. */
  | { readonly kind: "queued"; readonly by: string }
  /** Approved once, then changed. */
  | { readonly kind: "cleared"; readonly by: string }
  | { readonly kind: "launching" }
  | { readonly kind: "launch-failed" | "launch-unknown"; readonly reason: string };

/** What the ledger says of a planned experiment: of its launch, where one is under way or went wrong, else of its approval. */
export function proposalState(facts: CommandFacts, experimentId: string): ProposalState {
  const launch = facts.launches.get(experimentId);
  switch (launch?.kind) {
    case "launching":
      return { kind: "launching" };
    case "failed":
      return { kind: "launch-failed", reason: shortenText(launch.reason, LIMITS.cell) };
    case "unknown":
      return { kind: "launch-unknown", reason: shortenText(launch.reason, LIMITS.cell) };
    case "queued":
      if (launch.isCurrent) return { kind: "queued", by: shortenText(launch.by, LIMITS.id) };
  }
  const approval = facts.approvals.get(experimentId);
  if (approval === undefined || approval.kind === "none") return { kind: "open" };
  return { kind: approval.kind, by: shortenText(approval.by, LIMITS.id) };
}

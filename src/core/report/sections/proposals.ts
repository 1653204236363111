import type { RootContent } from "mdast";
import { commandWord } from "../../text/command-word.ts";
import { commandFence } from "../command-fence.ts";
import { code, data, dataCode, heading, type Inline, paragraph, strong } from "../markdown.ts";
import type { Proposal, ReportModel } from "../model.ts";
import type { ProposalState } from "../proposal-state.ts";

/** Experiments somebody proposed, with the command that takes each of them on. */
export function renderProposals({ proposals }: ReportModel): readonly RootContent[] {
  if (proposals.total === 0) return [];
  const more = proposals.total - proposals.shown.length;
  return [
    heading(2, "Open proposals"),
    ...proposals.shown.flatMap(renderProposal),
    ...(more > 0 ? [paragraph(`${more} more open proposals are not listed.`)] : []),
  ];
}

function renderProposal(proposal: Proposal): readonly RootContent[] {
  const { id, hypothesis, change, state } = proposal;
  const parts: Inline[] = [strong(dataCode(id)), origin(proposal), stateText(state)];
  if (hypothesis !== "") parts.push(" — ", data(hypothesis));
  if (change !== "") parts.push(" Change: ", data(change));
  const next = nextCommand(state.kind);
  return [paragraph(parts), ...(next === undefined ? [] : commandFence({ ...next, ids: [id] }))];
}

function origin({ parent, owner }: Proposal): Inline {
  const parts: Inline[] = [];
  if (parent !== "") parts.push(" from ", dataCode(parent));
  if (owner !== "") parts.push(" by ", data(owner));
  return parts;
}

/** How far a proposal is, as it follows its name; nothing for one that nobody has approved. */
export function stateText(state: ProposalState, prefix?: string): Inline {
  switch (state.kind) {
    case "open":
      return "";
    case "approved":
      return [
        ", approved by ",
        data(state.by),
        ", waits for ",
        code(commandWord("launch", prefix)),
      ];
    case "queued":
      return [", queued for launch by ", data(state.by)];
    case "cleared":
      return [", the approval of ", data(state.by), " was cleared by a later change"];
    case "launching":
      return ", is being launched";
    case "launch-failed":
      return [", its launch failed: ", data(state.reason)];
    case "launch-unknown":
      return [", whether its launch started a job is unknown: ", data(state.reason)];
  }
}

const NEXT: Partial<Record<ProposalState["kind"], { name: string; flag?: string }>> = {
  open: { name: "approve" },
  cleared: { name: "approve" },
  approved: { name: "launch" },
  "launch-failed": { name: "launch" },
  "launch-unknown": { name: "launch", flag: "--force" },
};

/** The command that takes a proposal on; none while it is on its way. */
export function nextCommand(
  kind: ProposalState["kind"],
): { readonly name: string; readonly flag?: string } | undefined {
  return NEXT[kind];
}

import type { RootContent } from "mdast";
import { inertText } from "../../text/escape.ts";
import { data, dataCode, fence, heading, type Inline, paragraph, strong } from "../markdown.ts";
import type { Proposal, ReportModel } from "../model.ts";

/** A bare argument of a command. */
const BARE = /^[\w.~:+/-]+$/;

/** Experiments somebody proposed, with the command that approves each. */
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
  const { id, hypothesis, change } = proposal;
  const parts: Inline[] = [strong(dataCode(id)), origin(proposal)];
  if (hypothesis !== "") parts.push(" — ", data(hypothesis));
  if (change !== "") parts.push(" Change: ", data(change));
  const approve = isTypeable(id) ? [fence("text", `/approve ${id}`)] : [];
  return [paragraph(parts), ...approve];
}

function origin({ parent, owner }: Proposal): Inline {
  const parts: Inline[] = [];
  if (parent !== "") parts.push(" from ", dataCode(parent));
  if (owner !== "") parts.push(" by ", data(owner));
  return parts;
}

/** An id that would be changed to make it inert cannot be copied from here. */
function isTypeable(id: string): boolean {
  return BARE.test(id) && inertText(id) === id;
}

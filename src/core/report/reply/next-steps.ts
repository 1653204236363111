import type { RootContent } from "mdast";
import { isOwn } from "../../command/is-own.ts";
import { commandWord } from "../../text/command-word.ts";
import { type CopyableCommand, commandFence, isTypeable } from "../command-fence.ts";
import { code, paragraph } from "../markdown.ts";
import { type ProposalState, proposalState } from "../proposal-state.ts";
import { nextCommand } from "../sections/proposals.ts";
import { experimentsOf } from "./experiments.ts";
import type { ReplyContext } from "./reply.ts";

/** What to do with the planned rows of the comment now. */
export function renderNextSteps(context: ReplyContext): readonly RootContent[] {
  const { table, facts } = context.session;
  const states = experimentsOf(context).flatMap((id): readonly Planned[] => {
    const row = table.rowOf(id);
    if (row === undefined || !table.holds(row, "status", "planned")) return [];
    return [{ id, row, state: proposalState(facts, id) }];
  });
  const steps = STEPS.flatMap(({ kinds, sentence }) => {
    const ids = states.filter(({ state }) => kinds.includes(state.kind)).map(({ id }) => id);
    return ids.length === 0 ? [] : stepOf(context, { kind: kinds[0], ids, sentence });
  });
  return [...steps, ...hindrances(context, states)];
}

interface Planned {
  readonly id: string;
  readonly row: number;
  readonly state: ProposalState;
}

type Kind = ProposalState["kind"];

const STEPS: readonly { readonly kinds: readonly [Kind, ...Kind[]]; readonly sentence: string }[] =
  [
    { kinds: ["open", "cleared"], sentence: "To approve as it stands:" },
    { kinds: ["approved", "launch-failed"], sentence: "To launch:" },
    {
      kinds: ["launch-unknown"],
      sentence: "Only when the queue has no such job, to launch anew:",
    },
  ];

function stepOf(
  { prefix, most }: ReplyContext,
  step: { readonly kind: Kind; readonly ids: readonly string[]; readonly sentence: string },
): readonly RootContent[] {
  const ids = step.ids.filter(isTypeable).slice(0, Math.min(MOST_IDS, most));
  const next = nextCommand(step.kind);
  if (next === undefined || ids.length === 0) return [];
  const command: CopyableCommand = { ...next, ids, ...(prefix === undefined ? {} : { prefix }) };
  return [paragraph(step.sentence), ...commandFence(command)];
}

/** Experiments that one command to copy names. */
const MOST_IDS = 20;

function isUndecided({ kind }: ProposalState): boolean {
  return kind === "open" || kind === "cleared";
}

/** Why what was asked for does not happen yet. */
function hindrances(
  { session, author, mayLaunch, prefix }: ReplyContext,
  states: readonly Planned[],
): readonly RootContent[] {
  const { settings, facts, table } = session;
  const has = (...kinds: readonly Kind[]) => states.some(({ state }) => kinds.includes(state.kind));
  const { proposers } = facts;
  const needsAnother = states.some(
    ({ row, state }) => isUndecided(state) && isOwn({ table, proposers }, row, author),
  );
  const shown: RootContent[] = [];
  if (settings.proposals.twoPerson && needsAnother) {
    shown.push(
      paragraph(
        "Somebody else has to approve what you proposed: ",
        code("proposals.two-person"),
        " is set.",
      ),
    );
  }
  if (has("queued") && settings.paused) {
    shown.push(
      paragraph(
        "The loop is stopped: nothing is launched before ",
        code(commandWord("resume", prefix)),
        ".",
      ),
    );
  } else if (has("queued") && !mayLaunch) {
    shown.push(paragraph("Queued for launch: a run with ", code("launch: true"), " starts it."));
  }
  return shown;
}

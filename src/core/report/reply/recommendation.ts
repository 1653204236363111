import type { RootContent } from "mdast";
import { commandWord } from "../../text/command-word.ts";
import { isTypeable } from "../command-fence.ts";
import { code, dataCode, fence, type Inline, paragraph, strong } from "../markdown.ts";
import type { ReportModel } from "../model.ts";
import type { ReplyContext } from "./reply.ts";

/** The next step of the loop, by what the report knows. */
export function renderRecommendation(context: ReplyContext): readonly RootContent[] {
  const { model } = context.session;
  const step = STEPS.find(({ when }) => when(model)) ?? PROPOSE;
  return [
    paragraph(strong("Next:"), " ", step.sentence(context)),
    ...(step.command === undefined ? [] : [fence("text", step.command(context))]),
  ];
}

interface Step {
  readonly sentence: (context: ReplyContext) => Inline;
  readonly command?: (context: ReplyContext) => string;
}

/** The first that holds. */
const STEPS: readonly (Step & { readonly when: (model: ReportModel) => boolean })[] = [
  {
    when: ({ decision }) => decision.kind === "stop" && decision.reason === "paused",
    sentence: () => "let the loop go on when it may.",
    command: ({ prefix }) => commandWord("resume", prefix),
  },
  {
    when: ({ decision }) => decision.kind === "stop",
    sentence: ({ session }) => [
      "stop here",
      ...(session.model.best === undefined ? [] : [" and keep ", dataCode(session.model.best.id)]),
      "; who wants to go on changes the criterion in ",
      code("session.yml"),
      ".",
    ],
  },
  {
    when: ({ approvals }) => approvals.undecided.total > 0,
    sentence: () => "decide about the approvals and launches that wait for a person.",
  },
  {
    when: ({ approvals }) => approvals.approved > 0,
    sentence: ({ prefix }) => [
      "launch what is approved, with ",
      code(commandWord("launch", prefix)),
      ".",
    ],
  },
  {
    when: ({ proposals, approvals }) => proposals.total > approvals.queuedForLaunch,
    sentence: ({ prefix }) => [
      "approve or reject the open proposals, with ",
      code(commandWord("approve", prefix)),
      " or ",
      code(commandWord("reject", prefix)),
      ".",
    ],
  },
  {
    when: ({ baseline, active }) => baseline === undefined && active.total === 0,
    sentence: () => "propose a baseline, the training as it is, so that results can be compared.",
    command: ({ prefix }) =>
      `${commandWord("propose", prefix)} baseline\nhypothesis: the training as it is\ncommand: python train.py`,
  },
  {
    when: ({ active }) => active.total > 0,
    sentence: ({ session }) =>
      `wait for what runs or is queued (${session.model.active.total}), then compare it with the best.`,
  },
];

const PROPOSE: Step = {
  sentence: () => "propose one to three experiments, each with one change.",
  command: ({ session, prefix }) => {
    const best = session.model.best?.id ?? "";
    const parent = isTypeable(best) ? ` parent=${best}` : "";
    return `${commandWord("propose", prefix)}${parent}\nhypothesis: what should improve, and why\nexpect: by how much\ncommand: python train.py …`;
  },
};

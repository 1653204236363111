import type { ChangeName } from "../question.ts";
import { approve, launch } from "./decide.ts";
import { end } from "./end.ts";
import { propose } from "./propose.ts";
import { recordResult } from "./result.ts";
import { resume, setBaseline, setTarget, stop } from "./session-settings.ts";
import { supersede } from "./supersede.ts";
import { addNote, setHypothesis, setNextAction } from "./texts.ts";
import type { Handler } from "./verdict.ts";

/** Who applies which command. */
const HANDLERS: { readonly [N in ChangeName]: Handler<N> } = {
  propose,
  hypothesis: setHypothesis as Handler<"hypothesis">,
  note: addNote as Handler<"note">,
  "next-action": setNextAction as Handler<"next-action">,
  result: recordResult,
  approve,
  launch,
  reject: end as Handler<"reject">,
  cancel: end as Handler<"cancel">,
  supersede,
  baseline: setBaseline,
  target: setTarget,
  stop,
  resume,
};

/** The handler of a command that changes something. */
export function handlerOf(name: ChangeName): Handler {
  return HANDLERS[name] as Handler;
}

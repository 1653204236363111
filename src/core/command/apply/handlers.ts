import type { CommandName } from "../command.ts";
import { approve, launch } from "./decide.ts";
import { end } from "./end.ts";
import { propose } from "./propose.ts";
import { recordResult } from "./result.ts";
import { resume, setBaseline, setTarget, stop } from "./session-settings.ts";
import { supersede } from "./supersede.ts";
import { addNote, setHypothesis, setNextAction } from "./texts.ts";
import type { Handler } from "./verdict.ts";

/** Who applies which command; a command without a handler only asks. */
const HANDLERS: { readonly [N in CommandName]?: Handler<N> } = {
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

/** The handler of a command; `undefined` for one that only asks. */
export function handlerOf(name: CommandName): Handler | undefined {
  return HANDLERS[name] as Handler | undefined;
}

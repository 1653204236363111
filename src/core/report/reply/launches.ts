import type { LaunchOutcome } from "../../launch/launch-outcome.ts";
import { LIMITS } from "../limits.ts";
import { data, dataCode, type Inline } from "../markdown.ts";
import { experimentsOf, nameOf } from "./experiments.ts";
import type { ReplyContext } from "./reply.ts";

/** What this run launched, or why it did not; and the jobs of what was launched before. */
export function launchNotes(context: ReplyContext): readonly Inline[] {
  const { session, most } = context;
  const tried = new Set(session.launches.map(({ experimentId }) => experimentId));
  const known = experimentsOf(context)
    .filter((id) => !tried.has(id))
    .flatMap((id) => launchedBefore(context, id));
  const launches = [...session.launches, ...known];
  const shown = launches.slice(0, most).map(sentenceOf);
  const more = launches.length - shown.length;
  return more > 0 ? [...shown, `${more} more launches are in the ledger.`] : shown;
}

function launchedBefore({ session }: ReplyContext, experimentId: string): readonly LaunchOutcome[] {
  const launch = session.facts.launches.get(experimentId);
  if (launch?.kind !== "launched") return [];
  return [{ kind: "launched", experimentId, jobId: launch.jobId }];
}

function sentenceOf(launch: LaunchOutcome): Inline {
  const name = nameOf(launch.experimentId);
  if (launch.kind === "launched") {
    return [name, " is launched as job ", dataCode(launch.jobId, LIMITS.id), "."];
  }
  return [name, PHRASES[launch.kind], ": ", data(launch.reason, LIMITS.text)];
}

const PHRASES: Record<Exclude<LaunchOutcome["kind"], "launched">, string> = {
  refused: " was not launched",
  failed: " could not be launched",
  "not-started": " is left for another run",
  unknown: " may or may not have been launched; look at the queue before it is launched again",
};

import { EXIT } from "../errors.ts";

/** What became of the launch of one experiment. Reasons are sentences. */
export type LaunchOutcome =
  | { readonly kind: "launched"; readonly experimentId: string; readonly jobId: string }
  | {
      /** `refused`: a rule is against it · `failed`: no job came of it · `unknown`: a person has to look. */
      readonly kind: "refused" | "failed" | "unknown";
      readonly experimentId: string;
      readonly reason: string;
    }
  | {
      /** Left for another run, nothing happened. */
      readonly kind: "not-started";
      /** `busy`: another run launches it · `unreadable`: the queue could not be asked · `rehearsal`: of a dry run. */
      readonly why: "busy" | "unreadable" | "rehearsal";
      readonly experimentId: string;
      readonly reason: string;
    };

/**
 * The exit code of a run that launches: what came to nothing is no success, whatever else went well. What waits for a later
 * run is none either where a person has named it.
 */
export function launchExitCode(outcomes: readonly LaunchOutcome[], isNamed: boolean): number {
  const has = (...kinds: LaunchOutcome["kind"][]) =>
    outcomes.some(({ kind }) => kinds.includes(kind));
  const waits = (why: "busy" | "unreadable") =>
    isNamed && outcomes.some((outcome) => outcome.kind === "not-started" && outcome.why === why);
  if (has("failed", "unknown")) return EXIT.unexpected;
  if (waits("unreadable")) return EXIT.input;
  return has("refused") || waits("busy") ? EXIT.refused : EXIT.done;
}

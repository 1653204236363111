import type { LaunchOutcome } from "../core/launch/launch-outcome.ts";
import { renderLaunch } from "../core/launch/render-launch.ts";
import type { Reporter } from "../ports/reporter.ts";

/** Says what became of launches; one that came to nothing is warned of. */
export function tellLaunches(
  reporter: Pick<Reporter, "info" | "warning">,
  outcomes: readonly LaunchOutcome[],
): void {
  for (const outcome of outcomes) {
    if (outcome.kind === "launched") reporter.info(renderLaunch(outcome));
    else reporter.warning(renderLaunch(outcome));
  }
}

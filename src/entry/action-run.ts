import type { Environment } from "../adapters/actions/environment.ts";
import type { ActionsReporter } from "../adapters/actions/reporter.ts";
import type { Event } from "../core/config/event.ts";
import type { Config } from "../core/config/parse-config.ts";

/** What an Action's run is given. */
export interface ActionRun {
  readonly config: Config;
  readonly environment: Environment;
  readonly event: Event;
  readonly reporter: ActionsReporter;
}

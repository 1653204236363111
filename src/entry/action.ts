import { readEnvironment, readSecrets } from "../adapters/actions/environment.ts";
import { readEvent } from "../adapters/actions/event.ts";
import { readInputs } from "../adapters/actions/inputs.ts";
import { type ActionsReporter, createActionsReporter } from "../adapters/actions/reporter.ts";
import { parseConfig } from "../core/config/parse-config.ts";
import { selectMode } from "../core/config/select-mode.ts";
import { RefusedError } from "../core/errors.ts";
import { createRedactor } from "../core/text/redact.ts";
import { buildEmptyOutputs } from "../modes/outputs.ts";

async function main(reporter: ActionsReporter): Promise<void> {
  const environment = readEnvironment(process.env);
  const config = parseConfig(readInputs());
  const event = await readEvent(environment);
  const selection = selectMode(config.mode, event);
  if (selection.kind === "refused") {
    throw new RefusedError(selection.sentence, { remedy: selection.remedy });
  }
  if (selection.kind === "ignored") {
    reporter.info(selection.sentence);
    reporter.outputs(buildEmptyOutputs("ignored", selection.sentence, redact));
    return;
  }
  const run = { config, environment, event, reporter };
  if (selection.mode === "review") {
    const { runReview } = await import("./run-review.ts");
    return await runReview(run);
  }
  const { runAction } = await import("./run-action.ts");
  await runAction(run, selection.mode);
}

const secrets = readSecrets(process.env);
const redact = createRedactor({ secrets, settings: { paths: false, patterns: [] } });
const reporter = createActionsReporter({ isDebug: process.env["RUNNER_DEBUG"] === "1", redact });
main(reporter)
  .catch((error: unknown) => {
    reporter.fail(error);
    const sentence = error instanceof Error ? error.message : String(error);
    reporter.outputs(buildEmptyOutputs("failed", sentence, redact));
  })
  .catch((error: unknown) => reporter.fail(error));

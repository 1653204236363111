import { applyConfig } from "../core/config/apply-config.ts";
import { issueOf } from "../core/config/event.ts";
import type { SessionMode } from "../core/config/select-mode.ts";
import type { SessionSettings } from "../core/session/settings.ts";
import { present } from "../core/text/present.ts";
import { type CommandRequest, command, incomingOf } from "../modes/command.ts";
import type { SessionResult } from "../modes/each-session.ts";
import { takeMissed } from "../modes/missed.ts";
import { buildEmptyOutputs, buildOutputs } from "../modes/outputs.ts";
import { report } from "../modes/report.ts";
import { sync } from "../modes/sync.ts";
import type { ActionRun } from "./action-run.ts";
import { tellResult } from "./tell-result.ts";
import { type ActionPorts, createActionPorts, repositoryIdOf } from "./wire.ts";

/** Runs the chosen mode and says what it did: outputs, job summary, warnings, failures. */
export async function runAction(run: ActionRun, mode: SessionMode): Promise<void> {
  const ports = await createActionPorts(run, issueOf(run.event));
  try {
    const request = requestOf(run, ports);
    const incoming = mode === "command" ? incomingOf(run.event, triggerOf(run)) : undefined;
    if (incoming !== undefined) await runComment(run, ports, { incoming, request });
    else await tellAll(run, ports, { mode, results: await runSessions(ports, mode, request) });
  } finally {
    await ports.close();
  }
}

function requestOf({ config, environment }: ActionRun, ports: ActionPorts): CommandRequest {
  return {
    overrideSettings: (settings: SessionSettings) => applyConfig(settings, config),
    createRedactor: ports.createRedactor,
    minPermission: config.minPermission,
    mayLaunch: config.launch,
    repositoryId: repositoryIdOf({ environment }),
    isOwn: async ({ id, issue }) => {
      const thread = await ports.comments.readThread(issue, Number(id));
      return (
        thread?.comments.some((comment) => String(comment.id) === id && comment.isOurs) ?? false
      );
    },
    ...present({ session: config.session, prefix: config.commandPrefix }),
  };
}

/** Whoever started a re-run must be allowed what the comment says, too. */
function triggerOf({ environment }: ActionRun): string | undefined {
  const { actor, triggeringActor, runAttempt = 1 } = environment;
  return runAttempt > 1 || actor !== triggeringActor ? triggeringActor : undefined;
}

async function runSessions(
  ports: ActionPorts,
  mode: SessionMode,
  request: CommandRequest,
): Promise<readonly SessionResult[]> {
  switch (mode) {
    case "sync":
      return await sync(ports, request.session, request);
    case "report":
      return await report(ports, request.session, request);
    case "command":
      return await takeMissed(ports, request);
  }
}

async function runComment(
  run: ActionRun,
  ports: ActionPorts,
  work: { readonly incoming: Parameters<typeof command>[1]; readonly request: CommandRequest },
): Promise<void> {
  const { reporter } = run;
  const done = await command(ports, work.incoming, work.request);
  if (done.kind === "done")
    return await tellAll(run, ports, { mode: "command", results: [done.result] });
  const decision = done.kind === "ignored" ? "ignored" : "refused";
  const sentence = `The comment was ${done.kind}: ${done.sentence}.`;
  reporter.info(sentence);
  reporter.outputs(buildEmptyOutputs(decision, sentence, ports.redact));
}

async function tellAll(
  run: ActionRun,
  ports: ActionPorts,
  done: { readonly mode: SessionMode; readonly results: readonly SessionResult[] },
): Promise<void> {
  run.reporter.outputs(buildOutputs(done.mode, done.results, ports.redact));
  for (const result of done.results) await tellResult(run, ports, result);
}

import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MonitorError } from "../../../src/core/errors.ts";
import { FAULT_KINDS, type FaultKind } from "../../support/github/faults.ts";
import { ACTIONS_TOKEN } from "../../support/github/server.ts";
import { LOG_PATH, openWorld, parseRows, setRows, type Transport, type World } from "./world.ts";

export const BRANCH = "experiment-monitor/default";
/** One way of writing, and the branch that must hold the row afterwards. */
export interface Scenario {
  readonly transport: Transport;
  readonly commit: "push" | "pull-request";
  readonly branch: string;
}

let world: World;
let initial: string;

async function startOver(): Promise<void> {
  world.github.reset();
  execFileSync("git", ["update-ref", "refs/heads/main", initial], { cwd: world.repo.dir });
  if ((await world.repo.branches()).includes(BRANCH)) await world.repo.deleteBranch(BRANCH);
  for (const pull of openPulls()) await world.repo.closePull(pull.number);
}

const openPulls = () => world.repo.issues().filter(({ state, pull }) => pull && state === "open");

function run(scenario: Scenario, timeoutMs: number) {
  const store = world.store(scenario.transport, { commit: scenario.commit, timeoutMs });
  return store.update("default", setRows({ second: "2" }));
}

/** Sends the fault at the request with that number; every failure must be a sentence without the token. */
async function runWithFault(
  scenario: Scenario,
  fault: { kind: FaultKind; at: number },
): Promise<void> {
  let seen = 0;
  world.github.inject({
    kind: fault.kind,
    match: () => {
      seen += 1;
      return seen - 1 === fault.at;
    },
  });
  // git itself waits for ever after half an answer to a push.
  const timeoutMs = /timeout|truncated/.test(fault.kind) ? 1_500 : 20_000;
  const error = await run(scenario, timeoutMs).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) return;
  expect(error).toBeInstanceOf(MonitorError);
  expect(String(error)).not.toContain(ACTIONS_TOKEN);
  expect(String(error)).not.toContain("<html");
}

/** Declares one test for each kind of fault: it meets every request of the scenario, one after the other. */
export function declareFaultTests(
  scenario: Scenario,
  kinds: readonly FaultKind[] = FAULT_KINDS,
): void {
  beforeAll(async () => {
    world = await openWorld({ [LOG_PATH]: "experiment_id,objective_value\nfirst,1\n" });
    initial = (await world.repo.head("main")) ?? "";
  });
  afterAll(async () => {
    await world.repo.fsck();
    await world.close();
  });

  it.each(kinds)(
    "ends as without a fault when any one request meets %s",
    async (kind) => {
      await startOver();
      await run(scenario, 20_000);
      const requests = world.github.requests.length;
      expect(requests).toBeGreaterThan(3);
      for (let at = 0; at < requests; at += 1) {
        await startOver();
        await runWithFault(scenario, { kind, at });
        world.github.reset();
        await run(scenario, 20_000);
        const rows = parseRows(await world.repo.readFile(scenario.branch, LOG_PATH));
        expect(rows, `request ${at}`).toEqual(
          new Map([
            ["first", "1"],
            ["second", "2"],
          ]),
        );
        expect(await world.repo.log(scenario.branch), `request ${at}`).toHaveLength(2);
        expect(openPulls(), `request ${at}`).toHaveLength(scenario.commit === "push" ? 0 : 1);
      }
    },
    300_000,
  );
}

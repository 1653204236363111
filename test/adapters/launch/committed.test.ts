import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decodeLedger } from "../../../src/core/command/ledger-codec.ts";
import type { LaunchOutcome } from "../../../src/core/launch/launch-outcome.ts";
import { assertSafeEdit } from "../../../src/core/sync/assert-safe-edit.ts";
import { mergeSessionFiles } from "../../../src/core/sync/merge-session-files.ts";
import { launchQueued } from "../../../src/modes/launch.ts";
import {
  createFakeLauncher,
  ENDED,
  LEDGER,
  launchReporter,
  launchRequest,
  movingClock,
  queuedFiles,
} from "../../builders/launching.ts";
import { NOW } from "../../builders/log.ts";
import { xaxStatus } from "../../builders/xax.ts";
import { createFakeQueue } from "../../fakes/queue.ts";
import type { FaultKind } from "../../support/github/faults.ts";
import { openWorld, TRANSPORTS, type Transport, type World } from "../store/world.ts";

let world: World;
let initial: string;

beforeEach(async () => {
  const files = Object.entries(queuedFiles()).map(
    ([name, text]) => [`experiments/mnist/${name}`, text] as const,
  );
  world = await openWorld(Object.fromEntries(files));
  initial = (await world.repo.head("main")) ?? "";
});
afterEach(() => world.close());

/** One runner: a store, a clock and a launcher of its own that notes what it starts. */
async function runnerOf(transport: Transport, starts: string[], now = NOW) {
  const launcher = createFakeLauncher(async () => {
    starts.push(now);
    await new Promise((resolve) => setTimeout(resolve, 20));
    return ENDED;
  });
  const store = world.store(transport, {
    commit: "push",
    timeoutMs: 1_500,
    assertSafe: (base, next) => assertSafeEdit(base, next, []),
    mergeFiles: mergeSessionFiles,
  });
  const queue = createFakeQueue(xaxStatus());
  const ports = { store, launcher, queue, clock: movingClock(now), reporter: launchReporter() };
  return async () => (await launchQueued(ports, await launchRequest())).outcomes;
}

const outcomesNow = async () =>
  decodeLedger(
    await world.repo.readFile("main", `experiments/mnist/${LEDGER}`),
    LEDGER,
  ).entries.map(({ outcome }) => outcome);

describe.each(TRANSPORTS)("eight runners over %s", (transport) => {
  it("start a queued experiment once", async () => {
    const starts: string[] = [];
    const runners = await Promise.all(Array.from({ length: 8 }, () => runnerOf(transport, starts)));
    const outcomes = (await Promise.all(runners.map((run) => run()))).flat();
    const count = (kind: LaunchOutcome["kind"]) =>
      outcomes.filter((outcome) => outcome.kind === kind).length;
    expect(starts).toHaveLength(1);
    expect(count("launched")).toBe(1);
    expect(outcomes.length - count("launched")).toBe(count("not-started"));
    expect(await outcomesNow()).toEqual(["queued-for-launch", "launching", "launched"]);
  }, 120_000);
});

const KINDS: readonly FaultKind[] = [
  "502",
  "502-after-apply",
  "reset-before",
  "reset-after-apply",
  "timeout-after-apply",
  "truncated-json",
  "403",
];

describe("a launch that GitHub fails", () => {
  it.each(KINDS)(
    "at any one request with %s is started at most once, and settled",
    async (kind) => {
      await (await runnerOf("api", []))();
      const requests = world.github.requests.length;
      expect(requests).toBeGreaterThan(5);
      const ends = new Set<string>();
      for (let at = 0; at < requests; at += 1) {
        world.github.reset();
        execFileSync("git", ["update-ref", "refs/heads/main", initial], { cwd: world.repo.dir });
        let seen = 0;
        world.github.inject({
          kind,
          match: () => {
            seen += 1;
            return seen - 1 === at;
          },
        });
        const starts: string[] = [];
        await (await runnerOf("api", starts))().catch(() => []);
        world.github.reset();
        for (const now of ["2026-11-23T12:00:00Z", "2026-11-23T15:00:00Z"]) {
          await (await runnerOf("api", starts, now))();
        }
        const outcomes = await outcomesNow();
        expect(starts.length, `request ${at}`).toBeLessThanOrEqual(1);
        expect(outcomes.filter((outcome) => outcome === "launching")).toHaveLength(1);
        ends.add(`${outcomes.at(-1)}`);
      }
      expect([...ends].filter((end) => !/^launch(?:ed|-unknown)$/.test(end))).toEqual([]);
      expect(ends).toContain("launched");
    },
    240_000,
  );
});

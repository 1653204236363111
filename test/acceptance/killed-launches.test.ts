import { afterEach, expect, test } from "vitest";
import type { RecordedRequest } from "../support/github/record.ts";
import { expectNoViolations } from "../support/github/server.ts";
import { createLaunchScene, type LaunchScene } from "./launch-scene.ts";

const LAUNCH = { launch: "true" };
const COMMENT = "/propose a\nA smaller step is less noisy.\ncommand: --lr=1e-4\n\n/launch a";

let scene: LaunchScene | undefined;

afterEach(async () => {
  if (scene === undefined) return;
  expectNoViolations(scene.github);
  await scene.github.close();
});

type Match = (request: RecordedRequest) => boolean;

const isCommit: Match = ({ graphqlOperation }) => graphqlOperation === "createCommitOnBranch";
const isComment: Match = ({ method, path }) => method === "POST" && path.endsWith("/comments");

/** Matches the request that is the given one of its kind, from 1, and kills the run at it. */
function killAt(kind: Match, ordinal: number, kill: AbortController): Match {
  let seen = 0;
  return (request) => {
    if (!kind(request)) return false;
    seen += 1;
    if (seen !== ordinal) return false;
    kill.abort();
    return true;
  };
}

/** Goes on after a run was killed: its event once more, then what a schedule does an hour later. */
async function goOn(at: LaunchScene, comment: Parameters<LaunchScene["deliver"]>[0]) {
  at.github.reset();
  const again = await at.deliver(comment, { inputs: LAUNCH });
  const late = await at.run(LAUNCH, { env: at.hourAhead });
  expect([again.exitCode, late.exitCode]).toEqual([0, 0]);
  expect(at.repliesTo(comment)).toHaveLength(1);
}

/** The commits of a launch: the comment's commands, the claim, the job. What stands after each tells how it must end. */
const MOMENTS = [
  ["before the commands are saved", isCommit, 1, "timeout-before", ["launched", 1]],
  ["after the commands are saved", isCommit, 1, "timeout-after-apply", ["launched", 1]],
  ["before the claim is saved", isCommit, 2, "timeout-before", ["launched", 1]],
  ["after the claim is saved", isCommit, 2, "timeout-after-apply", ["launch-unknown", 0]],
  ["before the job is saved", isCommit, 3, "timeout-before", ["launched", 1]],
  ["after the job is saved", isCommit, 3, "timeout-after-apply", ["launched", 1]],
  ["after the reply", isComment, 2, "timeout-after-apply", ["launched", 1]],
] as const;

test.each(MOMENTS)(
  "a run that is killed %s launches at most once, and says what is known",
  async (_moment, kind, ordinal, fault, [outcome, starts]) => {
    scene = await createLaunchScene();
    const kill = new AbortController();
    scene.github.inject({ match: killAt(kind, ordinal, kill), kind: fault });
    const comment = scene.leave(COMMENT);
    const killed = await scene.deliver(comment, { inputs: LAUNCH, kill: kill.signal });
    expect(killed.signal).toBe("SIGKILL");
    await goOn(scene, comment);
    await expectEnd(scene, outcome, starts);
  },
);

test.each([
  ["before it has put a job into the queue", "kills-before", "launch-unknown"],
  ["after it has put a job into the queue", "kills-after", "launched"],
] as const)(
  "a run that dies while its program runs, %s, launches once and says what is known",
  async (_when, behaviour, outcome) => {
    scene = await createLaunchScene({ behaviour });
    const comment = scene.leave(COMMENT);
    const killed = await scene.deliver(comment, { inputs: LAUNCH });
    expect(killed.signal).toBe("SIGKILL");
    await goOn(scene, comment);
    await expectEnd(scene, outcome, 1);
  },
);

/** The ledger's last line, the row and the report agree about what became of it. */
async function expectEnd(at: LaunchScene, outcome: string, starts: number): Promise<void> {
  expect(await at.starts()).toHaveLength(starts);
  const outcomes = await at.outcomes();
  expect(outcomes.at(-1)).toBe(outcome);
  expect(outcomes.filter((each) => each === "launching")).toHaveLength(1);
  const row = await at.row("a");
  const isLaunched = outcome === "launched";
  expect(row["status"]).toBe(isLaunched ? "queued" : "planned");
  expect(row["queue_job_id"]).toBe(isLaunched ? "job-0000001" : undefined);
  expect((await at.readLog()).trim().split("\n")).toHaveLength(2);
  const report = await at.repo.readFile("main", "experiments/mnist/experiment_report.md");
  expect(report?.toString("utf8")).toContain(isLaunched ? "queued: 1" : "is unknown");
}

import { describe, expect, test } from "vitest";
import { type Claim, claimLaunch, nameOperation } from "../../../src/core/launch/claim-launch.ts";
import { mayAwaitLaunch, STUCK_AFTER_SECONDS } from "../../../src/core/launch/plan-launch.ts";
import { formatInstant, parseInstant } from "../../../src/core/text/time.ts";
import { extendLedger } from "../../builders/extend-ledger.ts";
import {
  claimInput,
  entryOf,
  LAUNCH,
  ledgerOf,
  PROPOSAL,
  queued,
  TRUSTED,
} from "../../builders/launch.ts";
import { draftOf, logText, NOW } from "../../builders/log.ts";
import { settingsOf } from "../../builders/xax.ts";

const OP = "aaaaaaaaaaaaaaaaaaaa";
const ARGV = ["python", "train.py", "--lr=0.1"];
const WORD = {
  ...{ opId: "bbbb", commentId: "local-1", commentUrl: "", actor: "bob", actorId: "" },
  command: "/launch exp-1",
  isForced: false,
};
const later = (seconds: number) => formatInstant(Number(parseInstant(NOW)) + seconds);
const reasonOf = (claim: Claim) => ("reason" in claim ? claim.reason : claim.kind);

describe("a queued experiment", () => {
  test("is claimed by a line that names the run, beside the words of its /launch", () => {
    const scene = queued();
    const claim = claimLaunch(claimInput(scene, { now: later(5) }));
    const [asked] = scene.ledger.entries;
    expect(claim).toEqual({
      kind: "claimed",
      opId: OP,
      operationId: OP,
      argv: ARGV,
      added: [{ ...asked, outcome: "launching", detail: "run r1", at: later(5) }],
    });
  });

  test("that this run has claimed already is its own still, and any other run's not", () => {
    const scene = queued({}, [{ outcome: "launching", detail: "run r1" }]);
    expect(claimLaunch(claimInput(scene))).toMatchObject({
      kind: "claimed",
      argv: ARGV,
      added: [],
    });
    const other = claimLaunch(claimInput(scene, { runId: "r2" }));
    expect(other).toEqual({ kind: "busy", reason: `A run has been launching it since ${NOW}.` });
  });

  test("that was changed after this run had claimed it is given up", () => {
    const scene = queued({}, [{ outcome: "launching", detail: "run r1" }]);
    scene.draft.set(0, "command", "--lr=99");
    expect(claimLaunch(claimInput(scene))).toEqual({
      kind: "withdrawn",
      opId: OP,
      reason: 'Experiment "exp-1" was changed after "ann" had queued it: use `/launch` again.',
    });
    const takenBack = queued({}, [
      { outcome: "launching", detail: "run r1" },
      { opId: "op-2", outcome: "applied", detail: "next_action" },
    ]);
    expect(claimLaunch(claimInput(takenBack))).toMatchObject({ kind: "withdrawn" });
    const stopped = queued({}, [{ outcome: "launching", detail: "run r1" }]);
    const paused = claimLaunch(claimInput(stopped, { isPaused: true }));
    expect(paused).toMatchObject({ kind: "withdrawn" });
    const gone = { ...stopped, draft: draftOf(logText([])) };
    expect(reasonOf(claimLaunch(claimInput(gone)))).toBe('There is no experiment "exp-1".');
  });

  test("is recovered once no run can be busy with it any more", () => {
    const scene = queued({}, [{ outcome: "launching", detail: "run r1" }]);
    const at = (seconds: number) =>
      claimLaunch(claimInput(scene, { runId: "r2", now: later(seconds) }));
    expect(at(STUCK_AFTER_SECONDS).kind).toBe("busy");
    expect(at(STUCK_AFTER_SECONDS + 1)).toEqual({
      kind: "recover",
      opId: OP,
      operationId: OP,
      at: NOW,
    });
  });

  test("of several of one /launch has an operation of its own in the queue", () => {
    const ledger = ledgerOf(entryOf(), entryOf({ experimentId: "exp-2" }));
    const ids = ["exp-1", "exp-2", "exp-3"];
    expect(ids.map((experimentId) => nameOperation(ledger, { experimentId, opId: OP }))).toEqual([
      OP,
      `${OP}2`,
      OP,
    ]);
  });
});

describe("an experiment is not launched", () => {
  test.each([
    [{ status: "running" }, 'Experiment "exp-1" is running, only planned ones are launched.'],
    [{ status: "" }, 'Experiment "exp-1" is without a status, only planned ones are launched.'],
    [
      { status: "failed" },
      'Experiment "exp-1" is failed, only planned ones are launched. Propose a new one with it as parent.',
    ],
    [{ queue_job_id: "job-9" }, 'It has the job "job-9" already.'],
    [{ hypothesis: " " }, "It has no hypothesis: give it one with `/hypothesis`."],
    [
      { objective_metric: "" },
      "It has no objective: name objective.metric in session.yml, or propose it with metric=NAME.",
    ],
    [{ command: "" }, "It has neither a command nor a config, so there is nothing to run."],
    [{ command: "--lr" }, 'The argument "--lr" matches no pattern'],
  ])("with the cells %j", (cells, reason) => {
    const claim = claimLaunch(claimInput(queued(cells)));
    expect(claim.kind).toBe("refused");
    expect(reasonOf(claim)).toContain(reason);
  });

  test("where the loop is stopped, the repository public or session.yml silent", () => {
    const refusal = (overrides: Parameters<typeof claimInput>[1]) =>
      reasonOf(claimLaunch(claimInput(queued(), overrides)));
    expect(refusal({ isPaused: true })).toContain("The loop is stopped");
    expect(refusal({ isPublic: true })).toContain("The repository is public");
    expect(refusal({ settings: settingsOf() })).toContain("session.yml has no launch.command");
    expect(refusal({ settings: settingsOf(), isPublic: true })).toContain("is public");
    const open = settingsOf({ launch: { ...LAUNCH, public: true } });
    expect(refusal({ isPublic: true, settings: open })).toBe("claimed");
  });

  test("unless the session's objective does for a row without one", () => {
    const scene = queued({ objective_metric: "" });
    const settings = { ...TRUSTED, objective: { metric: "loss", sameTask: false } };
    expect(claimLaunch(claimInput(scene, { settings })).kind).toBe("claimed");
  });

  test("with a config alone where the launch command has a place for it", () => {
    const settings = settingsOf({ launch: { ...LAUNCH, command: ["run", "{config}"] } });
    const scene = queued({ command: "", config_path: "a.yaml" });
    expect(claimLaunch(claimInput(scene, { settings }))).toMatchObject({ argv: ["run", "a.yaml"] });
  });

  test("twice, nor without being there or being asked for", () => {
    const launched = queued({}, [{ outcome: "launched", detail: "job-1" }]);
    const reason = 'Experiment "exp-1" was launched as job "job-1".';
    expect(claimLaunch(claimInput(launched))).toEqual({ kind: "busy", reason });
    const asked = claimLaunch(claimInput(launched, { word: WORD }));
    expect(asked).toEqual({ kind: "refused", reason });
    const failed = queued({}, [{ outcome: "launch-failed", detail: "No." }]);
    expect(reasonOf(claimLaunch(claimInput(failed)))).toContain("is not queued for launch");
    const nobody = { draft: draftOf(logText([PROPOSAL])), ledger: ledgerOf() };
    expect(reasonOf(claimLaunch(claimInput(nobody)))).toContain("is not queued for launch");
    expect(reasonOf(claimLaunch(claimInput(nobody, { experimentId: "x" })))).toBe(
      'There is no experiment "x".',
    );
  });

  test("after it was changed, though queued", () => {
    const scene = queued();
    scene.draft.set(0, "notes", "changed");
    const claim = claimLaunch(claimInput(scene));
    expect(claim.kind).toBe("refused");
    expect(reasonOf(claim)).toContain('was changed after "ann" had queued it');
  });
});

describe("where two people have to agree", () => {
  const { proposals } = settingsOf();
  const settings = { ...TRUSTED, proposals: { ...proposals, twoPerson: true } };
  const proposed = { command: "/propose exp-1", outcome: "applied", opId: "op-0" } as const;
  const sceneOf = (...lines: Parameters<typeof queued>[1] & object) => {
    const { draft, ledger } = queued({}, lines);
    const first = entryOf({ ...proposed, detail: "planned" });
    return { draft, ledger: ledgerOf(first, ...ledger.entries) };
  };
  const ALONE =
    'Experiment "exp-1" is approved by who proposed it alone, and two people have to agree (proposals.two-person in session.yml): somebody else has to approve it with `/approve`.';

  test("what its proposer alone has approved is not launched, whenever that was", () => {
    const claim = claimLaunch(claimInput(sceneOf(), { settings }));
    expect(claim).toEqual({ kind: "refused", reason: ALONE });
    expect(claimLaunch(claimInput(sceneOf())).kind).toBe("claimed");
    const begun = sceneOf({ outcome: "launching", detail: "run r1" });
    expect(claimLaunch(claimInput(begun, { settings }))).toMatchObject({ kind: "withdrawn" });
  });

  test("what another person has approved as it is is launched", () => {
    const scene = sceneOf({ outcome: "approved", actor: "bob", actorId: "2" });
    expect(claimLaunch(claimInput(scene, { settings })).kind).toBe("claimed");
    const old = sceneOf({ outcome: "approved", actor: "bob", actorId: "2", detail: "x" });
    expect(reasonOf(claimLaunch(claimInput(old, { settings })))).toBe(ALONE);
  });

  test("the word of another person on the command line counts, the proposer's own does not", () => {
    const failed = sceneOf({ outcome: "launch-failed", detail: "No." });
    const say = (actor: string) =>
      claimLaunch(claimInput(failed, { settings, word: { ...WORD, actor } }));
    expect(say("bob").kind).toBe("claimed");
    expect(reasonOf(say("Ann"))).toBe(ALONE);
    const { facts } = claimInput(failed).question;
    const nobody = { settings, facts: { ...facts, approvers: new Map() }, word: WORD };
    expect(claimLaunch(claimInput(failed, nobody)).kind).toBe("claimed");
  });
});

describe("a person's word on the command line", () => {
  const approve = (more: Parameters<typeof queued>[1] = []) => {
    const { draft, ledger } = queued({}, more);
    const [first, ...rest] = ledger.entries as [(typeof ledger.entries)[number]];
    return { draft, ledger: ledgerOf({ ...first, outcome: "approved" }, ...rest) };
  };

  test("launches what is approved, and the ledger has a /launch of it first", () => {
    const scene = approve();
    const claim = claimLaunch(claimInput(scene, { word: WORD }));
    const { isForced: _, ...line } = WORD;
    const [approved] = scene.ledger.entries;
    const asked = {
      ...line,
      experimentId: "exp-1",
      outcome: "queued-for-launch",
      detail: approved?.detail,
      at: NOW,
    };
    expect(claim).toEqual({
      kind: "claimed",
      opId: "bbbb",
      operationId: "bbbb",
      argv: ARGV,
      added: [asked, { ...asked, outcome: "launching", detail: "run r1" }],
    });
    const ledger = extendLedger(scene.ledger, claim.kind === "claimed" ? claim.added : []);
    const again = claimLaunch(claimInput({ ...scene, ledger }, { word: WORD }));
    expect(again).toMatchObject({ kind: "claimed", opId: "bbbb", added: [] });
  });

  test("takes up a /launch that stands", () => {
    expect(claimLaunch(claimInput(queued(), { word: WORD }))).toMatchObject({ opId: OP });
  });

  test("launches anew what has failed, and by force what nobody knows of", () => {
    const failed = approve([{ outcome: "launch-failed", detail: "No." }]);
    expect(claimLaunch(claimInput(failed, { word: WORD }))).toMatchObject({ opId: "bbbb" });
    const unknown = approve([{ outcome: "launch-unknown", detail: "Gone." }]);
    expect(reasonOf(claimLaunch(claimInput(unknown, { word: WORD })))).toBe(
      'What came of an earlier launch of experiment "exp-1" is unknown ("Gone."): look into the queue, and launch it with --force if no job of it is there.',
    );
    const forced = { ...WORD, isForced: true };
    expect(claimLaunch(claimInput(unknown, { word: forced }))).toMatchObject({ opId: "bbbb" });
  });

  test("is not enough without an approval of the row as it is", () => {
    const nobody = { draft: draftOf(logText([PROPOSAL])), ledger: ledgerOf() };
    expect(reasonOf(claimLaunch(claimInput(nobody, { word: WORD })))).toBe(
      'Experiment "exp-1" is not approved: approve it with `/approve` and its id.',
    );
    const changed = approve();
    changed.draft.set(0, "command", "--lr=2");
    expect(reasonOf(claimLaunch(claimInput(changed, { word: WORD })))).toBe(
      'Experiment "exp-1" was changed after "ann" had approved it: approve it with `/approve` and its id.',
    );
  });
});

test("a run without a person's word looks after what is queued as it stands, and what is being launched", () => {
  const at = NOW;
  const queuedAs = (isCurrent: boolean) =>
    ({ kind: "queued", opId: OP, by: "ann", at, isCurrent }) as const;
  expect(mayAwaitLaunch(queuedAs(true))).toBe(true);
  expect(mayAwaitLaunch(queuedAs(false))).toBe(false);
  expect(mayAwaitLaunch({ kind: "launching", opId: OP, at })).toBe(true);
  expect(mayAwaitLaunch({ kind: "launched", opId: OP, jobId: "j", at })).toBe(false);
});

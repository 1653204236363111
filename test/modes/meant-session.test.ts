import { describe, expect, test } from "vitest";
import { createCommandRun } from "../builders/take-comment.ts";

const LOG = "experiment_log.csv";
const ROWS = "experiment_id,status\nbase,running\n";
const FORM = "### Hypothesis\n\nFor a.\n\n### Session\n\n";
const asForm = { kind: "issue-form", id: "issue-1", target: { kind: "issue", id: 1 } } as const;

/** Session `a` has issue 1, session `b` none. */
function sessions(a: Record<string, string>, b: Record<string, string> = {}) {
  return { a: { "session.yml": "issue: 1\n", [LOG]: ROWS, ...a }, b: { [LOG]: ROWS, ...b } };
}

describe("while a session cannot be read", () => {
  test.each([
    ["its settings", { "session.yml": "issue: 1\nobjektive: {}\n" }, "objektive"],
    ["its ledger", { "command_log.csv": "op_id,comment\n" }, "command_log.csv"],
  ])("because of %s, what may be meant for it is not done in another", async (_what, a, reason) => {
    const run = createCommandRun(sessions(a));
    await expect(run.say("/cancel base reason=slow")).rejects.toThrow(reason);
    await expect(run.say("/cancel base session=a reason=slow")).rejects.toThrow(reason);
    await expect(run.say(`${FORM}_No response_\n`, asForm)).rejects.toThrow(reason);
    await expect(run.say("/cancle base")).rejects.toThrow(reason);
    expect(run.texts("b")).toEqual({ [LOG]: ROWS });
    expect(run.shown()).toBe("");
  });

  test("what names another session is done there", async () => {
    const run = createCommandRun(sessions({ "session.yml": "issue: 1\nobjektive: {}\n" }));
    await run.say("/cancel base session=b reason=slow");
    expect(run.texts("b")[LOG]).toContain("slow");
  });

  test("what stands on another session's issue is done there", async () => {
    const run = createCommandRun(sessions({}, { "session.yml": "objektive: {}\n" }));
    await run.say("/cancel base reason=slow");
    expect(run.texts("a")[LOG]).toContain("slow");
  });
});

describe("a bot", () => {
  const allowed = { "session.yml": "issue: 9\nproposals: { allowed-bots: [helper] }\n" };
  const author = { login: "helper[bot]", id: "5", isBot: true };

  test("that only another session allows is not heard", async () => {
    const run = createCommandRun(sessions({}, allowed));
    const result = await run.say("/propose x\nWhy not.", { author });
    expect(result).toEqual({ kind: "ignored", sentence: "a bot wrote it" });
    expect(run.texts("a")[LOG]).toBe(ROWS);
  });

  test("that the session allows is heard, but for this run's own", async () => {
    const files = sessions({}, allowed);
    const heard = createCommandRun(files);
    await heard.say("/propose x\nWhy not.", { author, issue: 9 });
    expect(heard.texts("b")[LOG]).toContain("Why not.");
    const own = createCommandRun(files, { isOwn: async () => true });
    expect(await own.say("/propose x\nWhy not.", { author, issue: 9 })).toMatchObject({
      kind: "ignored",
    });
  });
});

test("a form that names no session among several is told of its field", async () => {
  const run = createCommandRun(sessions({}));
  await run.say(`${FORM}_No response_\n`, asForm);
  expect(run.shown()).toContain("fill in the field Session of the form");
  expect(run.shown()).toContain("Open a new issue from the form");
  expect(run.shown()).not.toContain("Post it again as a new comment");
});

describe("a name that no command has", () => {
  const carl = { login: "carl", id: "9", isBot: false };

  test("is another tool's where its author may give no command of ours: no reaction", async () => {
    const run = createCommandRun(sessions({}));
    expect(await run.say("/lgtm", { author: carl })).toEqual({
      kind: "ignored",
      sentence: "it knows no command of ours",
    });
    expect([run.reactions, run.shown()]).toEqual([[], ""]);
  });

  test("is an error of whoever may, told without a second full stop", async () => {
    const result = await createCommandRun(sessions({})).say("/lgtm\n\n/approve");
    expect(result).toMatchObject({ kind: "refused" });
    expect(result).not.toHaveProperty("sentence", expect.stringMatching(/\.$|\.;/));
  });
});

import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Column } from "../../src/core/log/columns.ts";
import { logText } from "../builders/log.ts";
import { expectNoViolations } from "../support/github/server.ts";
import { event, repositoryOf } from "../support/runner.ts";
import { createReviewScene, type ReviewScene } from "./review-scene.ts";
import { SETTINGS } from "./scene.ts";

const LOG = "experiments/mnist/experiment_log.csv";
const SESSION = "experiments/mnist/session.yml";

const ROWS: readonly Partial<Record<Column, string>>[] = [
  {
    experiment_id: "base",
    status: "completed",
    objective_metric: "value/loss",
    objective_mode: "min",
    objective_value: "0.5",
    created_at: "2026-11-20T09:00:00Z",
    updated_at: "2026-11-20T10:00:00Z",
    started_at: "2026-11-20T09:00:00Z",
    ended_at: "2026-11-20T10:00:00Z",
  },
  {
    experiment_id: "next",
    parent_experiment_id: "base",
    status: "planned",
    hypothesis: "A smaller step is less noisy.",
    created_at: "2026-11-20T11:00:00Z",
    updated_at: "2026-11-20T11:00:00Z",
  },
];

let scene: ReviewScene;

beforeEach(async () => {
  const files = { [SESSION]: SETTINGS, [LOG]: logText(ROWS), "README.md": "# Research\n" };
  scene = await createReviewScene({ files });
});

afterEach(async () => {
  expectNoViolations(scene.github);
  await scene.github.close();
});

/** A branch on which the log is a symlink, by its mode alone. */
async function linkLog(): Promise<string> {
  const { repo } = scene;
  const folder = await mkdtemp(join(tmpdir(), "index-"));
  const who = { NAME: "a", EMAIL: "a@b.c" };
  const people = ["AUTHOR", "COMMITTER"].flatMap((role) =>
    Object.entries(who).map(([key, value]) => [`GIT_${role}_${key}`, value]),
  );
  const env = { GIT_INDEX_FILE: join(folder, "index"), ...Object.fromEntries(people) };
  const git = async (...args: string[]) =>
    (await execa("git", args, { cwd: repo.dir, env })).stdout;
  const blob = await git("rev-parse", `main:${LOG}`);
  await git("read-tree", "main");
  await git("update-index", "--cacheinfo", `120000,${blob},${LOG}`);
  const head = await git("commit-tree", await git("write-tree"), "-p", "main", "-m", "Link");
  await git("update-ref", "refs/heads/link", head);
  return head;
}

function withRow(at: number, cells: Partial<Record<Column, string>>): string {
  return logText(ROWS.map((row, index) => (index === at ? { ...row, ...cells } : row)));
}

describe.each(["api", "git"])("a review over %s", (transport) => {
  const inputs = { transport };

  test("of a legal change is green, with one comment that says what changes", async () => {
    const { result, comments } = await scene.propose(
      { [LOG]: withRow(1, { next_action: "try 3e-5", updated_at: "2026-11-21T09:00:00Z" }) },
      { inputs },
    );
    expect(result.stderr).toBe("");
    expect(result.exitCode).toBe(0);
    expect(result.outputs["decision"]).toBe("reviewed");
    expect(comments).toHaveLength(1);
    expect(comments[0]).toContain("try 3e-5");
    expect(result.summary).toContain("try 3e-5");
  });

  test("of an edited result is red, at the line of its record", async () => {
    const { result, comments } = await scene.propose(
      { [LOG]: withRow(0, { objective_value: "0.1" }) },
      { inputs },
    );
    expect(result.exitCode).toBe(1);
    expect(result.outputs["decision"]).toBe("rejected");
    expect(result.stdout).toMatch(new RegExp(`::error [^:]*file=${LOG},line=2`));
    expect(comments[0]).toContain("0.5");
    expect(comments[0]).toContain("0.1");
  });

  test("of a deleted row is red", async () => {
    const { result } = await scene.propose({ [LOG]: logText(ROWS.slice(0, 1)) }, { inputs });
    expect(result.outputs["decision"]).toBe("rejected");
    expect(result.outputs["result"]).toContain("next");
  });
});

describe("a review", () => {
  test("keeps one comment up to date through pushes, and turns green", async () => {
    const first = await scene.propose({ [LOG]: withRow(0, { objective_value: "0.1" }) });
    expect(first.result.exitCode).toBe(1);
    const second = await scene.push(first.number, {
      [LOG]: withRow(0, { notes: "correction: the mean of three seeds", objective_value: "0.1" }),
    });
    expect(second.result.exitCode).toBe(0);
    expect(second.comments).toHaveLength(1);
    expect(second.comments[0]).not.toBe(first.comments[0]);
  });

  test("of a pull request that changes no session says nothing", async () => {
    const { result, comments } = await scene.propose({ "README.md": "# Changed\n" });
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ decision: "reviewed", comment: "skipped:not-asked" });
    expect(comments).toEqual([]);
  });

  test("of a log that cannot be read names the place", async () => {
    const { result } = await scene.propose({ [LOG]: `${logText(ROWS)}"open,planned\n` });
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toMatch(new RegExp(`::error [^:]*file=${LOG},line=4`));
  });

  test("is not changed by what the base has gained since", async () => {
    await scene.repo.createBranch("topic");
    await scene.repo.commitFiles("main", {
      [LOG]: logText([...ROWS, { experiment_id: "other", status: "planned" }]),
    });
    const { result } = await scene.propose({ "x.txt": "x" });
    expect(result.outputs["decision"]).toBe("reviewed");
  });

  test("of a fork writes no comment, and says so", async () => {
    const token = "ghs_reader0000000000000000000000000000";
    const read = { contents: "read", issues: "read", "pull-requests": "read", metadata: "read" };
    scene.github.addToken(token, { login: "github-actions[bot]", permissions: read } as never);
    const { result, comments } = await scene.propose(
      { [LOG]: withRow(0, { objective_value: "0.1" }) },
      { isFork: true, token },
    );
    expect(result.outputs["decision"]).toBe("rejected");
    expect(comments).toEqual([]);
    expect(result.summary).toContain("0.1");
  });

  test("after another workflow posts what a fork's run could not", async () => {
    const read = { contents: "read", issues: "read", "pull-requests": "read", metadata: "read" };
    const token = "ghs_fork00000000000000000000000000000";
    scene.github.addToken(token, { login: "github-actions[bot]", permissions: read } as never);
    const { number } = await scene.propose(
      { [LOG]: withRow(0, { objective_value: "0.1" }) },
      { isFork: true, token },
    );
    const payload = event("workflow_run", {
      action: "completed",
      workflow_run: { head_sha: await scene.repo.head("change-1") },
      repository: repositoryOf(scene.repo),
    });
    const run = { eventName: "workflow_run", payload };
    const result = await scene.run({ mode: "review" }, run);
    expect(result.outputs).toMatchObject({ decision: "rejected", "pull-request": String(number) });
    expect(scene.repo.comments(number).map(({ body }) => body)).toHaveLength(1);
    const unknown = event("workflow_run", {
      action: "completed",
      workflow_run: { head_sha: "f".repeat(40) },
      repository: repositoryOf(scene.repo),
    });
    const none = await scene.run({ mode: "review" }, { ...run, payload: unknown });
    expect(none.exitCode).toBe(0);
    expect(none.outputs["decision"]).toBe("ignored");
  });

  test("takes its rules from the base, not from the pull request", async () => {
    const { result } = await scene.propose({
      [SESSION]: "queue: { status: { file: /etc/passwd } }\n",
      [LOG]: withRow(0, { objective_value: "0.1" }),
    });
    expect(result.outputs["decision"]).toBe("rejected");
  });

  test.each(["api", "git"])("of a log that became a symlink is red, over %s", async (transport) => {
    const head = await linkLog();
    const { number } = await scene.repo.createPull({ title: "Link", head: "link" });
    const payload = event("pull_request", {
      action: "opened",
      pull_request: {
        number,
        base: { ref: "main", sha: await scene.repo.head() },
        head: { ref: "link", sha: head, repo: { id: scene.repo.id } },
      },
      repository: repositoryOf(scene.repo),
    });
    const result = await scene.run({ transport }, { eventName: "pull_request", payload });
    expect(result.outputs["decision"]).toBe("rejected");
    expect(result.stdout).toContain(`file=${LOG}`);
  });

  test("posts nothing that the base's session.yml hides", async () => {
    await scene.repo.commitFiles("main", {
      [SESSION]: `${SETTINGS}redact: { patterns: ["hunter*"] }\n`,
    });
    const { comments, result } = await scene.propose({ [LOG]: withRow(1, { notes: "hunter2xx" }) });
    expect(comments).toHaveLength(1);
    expect(comments[0]).not.toContain("hunter2xx");
    expect(result.summary).not.toContain("hunter2xx");
  });

  test("is refused on pull_request_target", async () => {
    const result = await scene.run({}, { eventName: "pull_request_target", payload: {} });
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain("pull_request_target");
  });
});

import { describe, expect, it } from "vitest";
import { classifyFetch, classifyPush } from "../../../src/adapters/git/classify.ts";
import { encodeFastImport } from "../../../src/adapters/git/fast-import.ts";
import { parseCommit, parseTree } from "../../../src/adapters/git/parse-object.ts";
import type { GitResult } from "../../../src/adapters/git/run-git.ts";

function buildResult(
  overrides: Partial<Omit<GitResult, "stdout">> & { stdout?: string },
): GitResult {
  return {
    ok: false,
    exitCode: 1,
    stderr: "",
    timedOut: false,
    ...overrides,
    stdout: Buffer.from(overrides.stdout ?? ""),
  };
}

const REJECTED = "!\tabc:refs/heads/main\t";

describe("a push", () => {
  it.each([
    ["[rejected] (fetch first)", "stale"],
    ["[rejected] (non-fast-forward)", "stale"],
    ["[rejected] (stale info)", "stale"],
    ["[remote rejected] (cannot lock ref 'refs/heads/main': is at a but expected b)", "stale"],
    ["[remote rejected] (failed to update ref)", "stale"],
    ["[remote rejected] (shallow update not allowed)", "stale"],
    ["[remote rejected] (protected branch hook declined)", "protected"],
    ["[remote rejected] (push declined due to repository rule violations)", "protected"],
    ["[remote rejected] (pre-receive hook declined)", "protected"],
    ["[remote rejected] (Internal Server Error)", "unclear"],
    ["[remote rejected] (permission denied)", "refused"],
    ["[remote rejected] (deny updating a hidden ref)", "refused"],
  ])("with %s is %s", (reason, kind) => {
    expect(classifyPush(buildResult({ stdout: `To x\n${REJECTED}${reason}\nDone\n` })).kind).toBe(
      kind,
    );
  });

  it.each([
    ["error: RPC failed; HTTP 502 curl 22 The requested URL returned error: 502", "unclear"],
    ["fatal: the remote end hung up unexpectedly", "unclear"],
    ["fatal: unable to access 'https://h/': Could not resolve host: h", "unclear"],
    ["error: RPC failed; curl 56 Recv failure: Connection reset by peer", "unclear"],
    ["fatal: unable to access 'https://h/': The requested URL returned error: 403", "refused"],
    ["remote: Permission to o/r.git denied to github-actions[bot].", "refused"],
    ["fatal: could not read Username for 'https://h': terminal prompts disabled", "refused"],
    ["remote: Repository not found.\nfatal: repository 'https://h/o/r/' not found", "refused"],
    ["fatal: something nobody has seen", "refused"],
  ])("that fails with %j is %s", (stderr, kind) => {
    expect(classifyPush(buildResult({ stderr })).kind).toBe(kind);
  });

  it("shows GitHub's reason", () => {
    const outcome = classifyPush(
      buildResult({
        stdout: `${REJECTED}[remote rejected] (protected branch hook declined)\n`,
        stderr: "remote: error: GH006: Protected branch update failed for refs/heads/main.\n",
      }),
    );
    expect(outcome).toEqual({
      kind: "protected",
      reason: '"error: GH006: Protected branch update failed for refs/heads/main."',
    });
  });

  it("that found the branch already there did not move it", () => {
    expect(
      classifyPush(buildResult({ ok: true, stdout: "=\ta:refs/heads/main\t[up to date]\n" })).kind,
    ).toBe("stale");
    expect(
      classifyPush(buildResult({ ok: true, stdout: " \ta:refs/heads/main\ta..b\n" })).kind,
    ).toBe("pushed");
  });

  it("to a branch that another branch's name stands in the way of says so, for no attempt mends it", () => {
    const reason = "'refs/heads/experiment-monitor' exists; cannot create 'refs/heads/main'";
    const stdout = `${REJECTED}[remote rejected] (cannot lock ref 'refs/heads/main': ${reason})\n`;
    expect(classifyPush(buildResult({ stdout }))).toMatchObject({
      kind: "refused",
      error: {
        message: expect.stringContaining('a branch "experiment-monitor" stands in its way'),
      },
    });
  });

  it("that did not end in time may have landed", () => {
    expect(classifyPush(buildResult({ timedOut: true })).kind).toBe("unclear");
  });

  it("with a secret in it is refused everywhere, so no pull request is tried", () => {
    const outcome = classifyPush(
      buildResult({
        stdout: `${REJECTED}[remote rejected] (push declined due to repository rule violations)\n`,
        stderr:
          "remote: error: GH013: Repository rule violations found\nremote: - Push cannot contain secrets\n",
      }),
    );
    expect(outcome).toMatchObject({ kind: "refused", error: { exitCode: 5 } });
  });
});

describe("a fetch", () => {
  it.each([
    ["fatal: couldn't find remote ref refs/heads/x", "missing-branch"],
    ["fatal: unable to access 'https://h/': The requested URL returned error: 503", "unreachable"],
    ["fatal: early EOF", "unreachable"],
    ["fatal: Authentication failed for 'https://h/'", "refused"],
    ["fatal: unable to access 'https://h/': SSL certificate problem", "refused"],
  ])("that fails with %j is %s", (stderr, kind) => {
    expect(classifyFetch(buildResult({ stderr })).kind).toBe(kind);
  });
});

describe("git's formats", () => {
  it("encode a commit whose paths, names and bytes may be anything", () => {
    const stream = encodeFastImport({
      ref: "refs/x",
      parent: "a".repeat(40),
      mergeParent: { commit: "b".repeat(40), tree: "c".repeat(40) },
      files: new Map([['a "b"\\c', Buffer.from("é\n")]]),
      message: { headline: "Hé", body: "" },
      identity: { name: "A <x>\n", email: "a@example.org>" },
      epochSeconds: 5,
    });
    expect(stream.toString()).toBe(
      [
        "feature done",
        "commit refs/x",
        "mark :1",
        "author A x <a@example.org> 5 +0000",
        "committer A x <a@example.org> 5 +0000",
        "data 4",
        "Hé",
        "",
        `from ${"a".repeat(40)}`,
        `merge ${"b".repeat(40)}`,
        `M 040000 ${"c".repeat(40)} ""`,
        'M 100644 inline "a \\"b\\"\\\\c"',
        "data 3",
        "é",
        "",
        "",
        "get-mark :1",
        "done",
        "",
      ].join("\n"),
    );
  });

  it("decode commits and trees", () => {
    const commit = `tree ${"d".repeat(40)}\nauthor A <a> 1 +0200\ncommitter A <a> 86400 -0500\n\ntree x\n`;
    expect(parseCommit(Buffer.from(commit))).toEqual({
      tree: "d".repeat(40),
      committedAt: "1970-01-02T00:00:00Z",
    });
    const oid = Buffer.alloc(20, 0xab);
    const tree = Buffer.concat([Buffer.from("40000 a b\0"), oid, Buffer.from("120000 é\0"), oid]);
    expect(parseTree(tree, 20)).toEqual([
      { mode: "040000", name: "a b", oid: "ab".repeat(20) },
      { mode: "120000", name: "é", oid: "ab".repeat(20) },
    ]);
  });
});

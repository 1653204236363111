import { Octokit } from "@octokit/rest";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RepoHandle } from "../support/github/seed.ts";
import {
  ACTIONS_TOKEN,
  expectNoViolations,
  type LoopbackGitHub,
  startGitHub,
} from "../support/github/server.ts";

let github: LoopbackGitHub;
let repo: RepoHandle;
let octokit: Octokit;
let count = 0;

beforeAll(async () => {
  github = await startGitHub();
  const drop = () => undefined;
  const log = { debug: drop, info: drop, warn: drop, error: drop };
  octokit = new Octokit({ auth: ACTIONS_TOKEN, baseUrl: github.url, log });
});
afterAll(() => github.close());
beforeEach(async () => {
  count += 1;
  repo = await github.createRepo({
    owner: "octo",
    name: `gql-git-${count}`,
    files: { "a.txt": "a\n" },
  });
});
afterEach(() => expectNoViolations(github));

function at() {
  return { owner: repo.owner, name: repo.name };
}

describe("git data", () => {
  it("reads trees and blobs by expression, null where nothing is", async () => {
    await repo.commitFiles("main", { "bin.dat": Buffer.from([0, 1, 2]), "dir/x.txt": "x" });
    const data = await octokit.graphql(
      `query ($owner: String!, $name: String!) { viewer { login } repository(owner: $owner, name: $name) {
        viewerPermission isPrivate databaseId
        tree: object(expression: "main:") { ... on Tree { entries { name type mode oid } } }
        file: object(expression: "main:a.txt") { ... on Blob { byteSize isBinary isTruncated text } }
        binary: object(expression: "main:bin.dat") { ... on Blob { byteSize isBinary text } }
        none: object(expression: "main:nope") { oid }
        noBranch: ref(qualifiedName: "refs/heads/nope") { name }
      } }`,
      at(),
    );
    expect(data).toMatchObject({
      viewer: { login: "github-actions[bot]" },
      repository: {
        databaseId: repo.id,
        viewerPermission: "WRITE",
        tree: {
          entries: [
            { name: "a.txt", type: "blob", mode: 33188 },
            {},
            { type: "tree", mode: 16384 },
          ],
        },
        file: { byteSize: 2, isBinary: false, isTruncated: false, text: "a\n" },
        binary: { byteSize: 3, isBinary: true, text: null },
        none: null,
        noBranch: null,
      },
    });
  });

  it("moves several references at once or none", async () => {
    const head = (await repo.head()) ?? "";
    const next = await repo.commitFiles("next", { "a.txt": "a\n" });
    const { repository } = await octokit.graphql<{ repository: { id: string } }>(
      "query ($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { id } }",
      at(),
    );
    const update = (refUpdates: object[]) =>
      octokit.graphql(
        "mutation ($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }",
        { input: { repositoryId: repository.id, refUpdates } },
      );
    const zero = "0".repeat(40);
    const create = { name: "refs/heads/new", afterOid: head, beforeOid: zero };
    const wrong = { name: "refs/heads/main", afterOid: next, beforeOid: next };
    await expect(update([create, wrong])).rejects.toThrow("Expected branch to point to");
    expect(await repo.branches()).toEqual(["main", "next"]);
    await update([create]);
    expect(await repo.head("new")).toBe(head);
  });
});

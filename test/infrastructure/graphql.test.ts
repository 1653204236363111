import { Octokit } from "@octokit/rest";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RepoHandle } from "../support/github/seed.ts";
import {
  ACTIONS_TOKEN,
  expectNoViolations,
  type LoopbackGitHub,
  startGitHub,
} from "../support/github/server.ts";

type Page = {
  repository: {
    issueOrPullRequest: {
      __typename: string;
      id: string;
      locked: boolean;
      comments: {
        nodes: {
          fullDatabaseId: string;
          id: string;
          viewerDidAuthor: boolean;
          author: { login: string };
        }[];
        pageInfo: { endCursor: string | null; hasNextPage: boolean };
      };
    };
  };
};

const COMMENTS = `query ($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    issueOrPullRequest(number: $number) {
      __typename
      ... on Issue { id number issueState: state locked comments(first: 100, after: $after) { ...page } }
      ... on PullRequest { id number pullState: state locked comments(first: 100, after: $after) { ...page } }
    }
  }
}
fragment page on IssueCommentConnection {
  nodes { databaseId fullDatabaseId id url body viewerDidAuthor author { login } createdAt isMinimized }
  pageInfo { endCursor hasNextPage }
}`;

let github: LoopbackGitHub;
let repo: RepoHandle;
let octokit: Octokit;
let count = 0;

beforeAll(async () => {
  github = await startGitHub();
});
afterAll(() => github.close());
beforeEach(async () => {
  count += 1;
  repo = await github.createRepo({
    owner: "octo",
    name: `gql-${count}`,
    files: { "a.txt": "a\n" },
  });
  octokit = new Octokit({ auth: ACTIONS_TOKEN, baseUrl: github.url });
  github.reset();
});
afterEach(() => expectNoViolations(github));

function at() {
  return { owner: repo.owner, name: repo.name };
}

async function allComments(number: number): Promise<Page["repository"]["issueOrPullRequest"][]> {
  const pages: Page["repository"]["issueOrPullRequest"][] = [];
  let after: string | null = null;
  for (;;) {
    const answer: Page = await octokit.graphql<Page>(COMMENTS, { ...at(), number, after });
    const page = answer.repository.issueOrPullRequest;
    pages.push(page);
    if (!page.comments.pageInfo.hasNextPage) return pages;
    after = page.comments.pageInfo.endCursor;
  }
}

describe("lists of 300 comments", () => {
  it("come page by page, the same in REST and GraphQL", async () => {
    const { number } = repo.createIssue({ title: "Loop" });
    for (let index = 0; index < 299; index += 1) {
      repo.addComment(number, { user: "mona", body: `comment ${index}` });
    }
    const where = { owner: repo.owner, repo: repo.name, issue_number: number };
    await octokit.issues.createComment({ ...where, body: "the bot's" });
    const rest = await octokit.paginate(octokit.issues.listComments, { ...where, per_page: 100 });
    const pages = await allComments(number);
    const nodes = pages.flatMap((page) => page.comments.nodes);
    expect(pages).toHaveLength(3);
    expect(rest).toHaveLength(300);
    expect(nodes.map(({ id }) => id)).toEqual(rest.map(({ node_id }) => node_id));
    expect(nodes.map(({ fullDatabaseId }) => fullDatabaseId)).toEqual(
      rest.map(({ id }) => String(id)),
    );
    expect(nodes.filter(({ viewerDidAuthor }) => viewerDidAuthor)).toMatchObject([
      { author: { login: "github-actions" } },
    ]);
    const small = await octokit.issues.listComments({ ...where, page: 2 });
    expect(small.data).toHaveLength(30);
    expect(small.headers.link).toMatch(/rel="prev".*rel="next".*rel="last".*rel="first"/);
  });

  it("are not disturbed by a deletion between two pages", async () => {
    const { number } = repo.createIssue({ title: "Loop" });
    const ids = Array.from({ length: 150 }, (_, index) => {
      return repo.addComment(number, { user: "mona", body: String(index) }).id;
    });
    const first = await octokit.graphql<Page>(COMMENTS, { ...at(), number, after: null });
    const { comments } = first.repository.issueOrPullRequest;
    repo.deleteComment(ids[99] ?? 0);
    const after = comments.pageInfo.endCursor;
    const second = await octokit.graphql<Page>(COMMENTS, { ...at(), number, after });
    const rest = second.repository.issueOrPullRequest.comments.nodes;
    expect(rest.map(({ fullDatabaseId }) => Number(fullDatabaseId))).toEqual(ids.slice(100));
  });

  it("need a page size within GitHub's limit", async () => {
    repo.createIssue({ title: "Loop" });
    const query = (args: string) =>
      octokit.graphql(
        `query ($owner: String!, $name: String!) {
      repository(owner: $owner, name: $name) { issue(number: 1) { comments${args} { totalCount } } }
    }`,
        at(),
      );
    await expect(query("(first: 101)")).rejects.toThrow("exceeds the `first` limit of 100 records");
    await expect(query("")).rejects.toThrow("You must provide a `first` or `last` value");
  });
});

describe("mutations of conversations", () => {
  it("add, change, hide and delete a comment that REST sees too", async () => {
    const { number } = repo.createIssue({ title: "Loop" });
    const [page] = await allComments(number);
    const added = await octokit.graphql<{
      addComment: { commentEdge: { node: { id: string; fullDatabaseId: string } } };
    }>(
      `mutation ($id: ID!) { addComment(input: { subjectId: $id, body: "one" }) {
        commentEdge { node { id fullDatabaseId url } } } }`,
      { id: page?.id },
    );
    const { id, fullDatabaseId } = added.addComment.commentEdge.node;
    const run = (mutation: string) =>
      octokit.graphql(`mutation ($id: ID!) { ${mutation} }`, { id });
    await run(
      `updateIssueComment(input: { id: $id, body: "two" }) { issueComment { body updatedAt } }`,
    );
    await run(`minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) {
      minimizedComment { isMinimized minimizedReason } }`);
    const where = { owner: repo.owner, repo: repo.name, comment_id: Number(fullDatabaseId) };
    expect((await octokit.issues.getComment(where)).data).toMatchObject({
      body: "two",
      node_id: id,
    });
    expect(repo.comments(number)[0]?.minimizedReason).toBe("outdated");
    await run("deleteIssueComment(input: { id: $id }) { clientMutationId }");
    expect(repo.comments(number)).toEqual([]);
    await expect(
      run("deleteIssueComment(input: { id: $id }) { clientMutationId }"),
    ).rejects.toThrow("Could not resolve to a node");
  });

  it("open a pull request that the list by head finds", async () => {
    await repo.createBranch("topic");
    await repo.commitFiles("topic", { "b.txt": "b" });
    const { repository } = await octokit.graphql<{ repository: { id: string } }>(
      "query ($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { id } }",
      at(),
    );
    await octokit.graphql(
      `mutation ($input: CreatePullRequestInput!) { createPullRequest(input: $input) {
        pullRequest { number url headRefOid } } }`,
      {
        input: {
          repositoryId: repository.id,
          baseRefName: "main",
          headRefName: "topic",
          title: "x",
        },
      },
    );
    const found = await octokit.graphql(
      `query ($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {
        pullRequests(headRefName: "topic", baseRefName: "main", states: OPEN, first: 1) {
          totalCount nodes { number state headRefOid baseRefName isCrossRepository } } } }`,
      at(),
    );
    expect(found).toMatchObject({
      repository: {
        pullRequests: {
          totalCount: 1,
          nodes: [{ number: 1, state: "OPEN", headRefOid: await repo.head("topic") }],
        },
      },
    });
  });
});

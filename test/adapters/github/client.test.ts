import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createGitHubClient } from "../../../src/adapters/github/client.ts";
import { GitHubError } from "../../../src/adapters/github/failure.ts";
import { createQuickClock } from "../store/world.ts";

const TASK = { what: "read it", needs: "contents: read" };
const READ = { route: "GET /repos/{owner}/{repo}", parameters: { owner: "o", repo: "r" } };
const WRITE = { route: "POST /repos/{owner}/{repo}/issues", parameters: { owner: "o", repo: "r" } };
const QUERY = { query: "query { viewer { login } }", variables: {} };

let server: Server | undefined;
afterEach(() => server?.closeAllConnections());
afterEach(() => server?.close());

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A server that answers one reply after the other, the last one for ever. */
async function serve(...replies: (Reply | "reset" | "silence")[]) {
  const seen: string[] = [];
  const listener: RequestListener = (request, response) => {
    seen.push(`${request.method} ${request.url}`);
    request.resume();
    const reply = replies[Math.min(seen.length, replies.length) - 1] ?? {};
    if (reply === "silence") return;
    if (reply === "reset") {
      request.socket.resetAndDestroy();
      return;
    }
    const headers = { "content-type": "application/json", ...reply.headers };
    response.writeHead(reply.status ?? 200, headers).end(reply.body ?? "{}");
  };
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const clock = createQuickClock(1000);
  const waits: string[] = [];
  const client = createGitHubClient({
    token: "ghs_secret",
    apiUrl: `http://127.0.0.1:${port}/api/v3`,
    userAgent: "test",
    clock,
    timeoutMs: 500,
    onWait: (sentence) => waits.push(sentence),
  });
  return { client, clock, seen, waits };
}

async function failureOf(promise: Promise<unknown>): Promise<GitHubError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(GitHubError);
  expect(String(error)).not.toContain("ghs_secret");
  return error as GitHubError;
}

const LIMITED = (seconds: number): Reply => ({
  status: 403,
  headers: { "retry-after": String(seconds) },
  body: '{"message":"You have exceeded a secondary rate limit"}',
});

describe("reads", () => {
  it.each([
    "reset",
    "silence",
    { status: 502 },
    { status: 500, body: "<html>" },
    { body: "<html></html>" },
    { body: '{"a":' },
  ] as const)("are tried again after %o", async (first) => {
    const { client, seen } = await serve(first, { body: '{"name":"r"}' });
    expect(await client.read(TASK, READ)).toEqual({ name: "r" });
    expect(seen).toEqual(["GET /api/v3/repos/o/r", "GET /api/v3/repos/o/r"]);
  });

  it("give up after four attempts with a sentence that shows no page", async () => {
    const { client, seen } = await serve({ status: 503, body: "<html>Unicorn!</html>" });
    const error = await failureOf(client.read(TASK, READ));
    expect(error.message).toBe(
      "GitHub gave no clear answer when it was asked to read it: it answered with status 503.",
    );
    expect(seen).toHaveLength(4);
  });

  it("are not repeated when GitHub says no", async () => {
    const { client, seen } = await serve({ status: 404, body: '{"message":"Not Found"}' });
    expect((await failureOf(client.read(TASK, READ))).status).toBe(404);
    expect(seen).toHaveLength(1);
  });
});

describe("writes", () => {
  it.each([
    "reset",
    "silence",
    { status: 502 },
    { body: "<html></html>" },
    { body: '{"a":' },
  ] as const)("are sent once, and %o is unclear", async (reply) => {
    const { client, seen } = await serve(reply);
    expect((await failureOf(client.write(TASK, WRITE))).failure.kind).toBe("unclear");
    expect(seen).toHaveLength(1);
  });

  it("may be answered without a body", async () => {
    const { client } = await serve({ status: 204, body: "" });
    expect(await client.write(TASK, WRITE)).toBeUndefined();
  });
});

describe("waiting", () => {
  it("is as long as GitHub asks, and then the request is sent again", async () => {
    const { client, clock, waits, seen } = await serve(LIMITED(7), { body: '{"id":1}' });
    expect(await client.write(TASK, WRITE)).toEqual({ id: 1 });
    expect(clock.asked).toEqual([7000]);
    expect(waits).toEqual(["GitHub asks to wait 7 s (secondary rate limit)."]);
    expect(seen).toHaveLength(2);
  });

  it("follows retry-after whatever the message says", async () => {
    const reply = { status: 429, headers: { "retry-after": "5" }, body: '{"message":"slow down"}' };
    const { client, clock } = await serve(reply, { body: "{}" });
    await client.read(TASK, READ);
    expect(clock.asked).toEqual([5000]);
  });

  it("ends after three times", async () => {
    const { client, clock, seen } = await serve(LIMITED(1));
    const error = await failureOf(client.read(TASK, READ));
    expect(error.message).toContain("rate limit is used up");
    expect(clock.asked).toEqual([1000, 1000, 1000]);
    expect(seen).toHaveLength(4);
  });

  it("ends after two minutes in all", async () => {
    const { client, clock, seen } = await serve(LIMITED(90));
    await failureOf(client.read(TASK, READ));
    expect(clock.asked).toEqual([90_000]);
    expect(seen).toHaveLength(2);
  });

  it("is not begun when the limit returns in an hour", async () => {
    const reset = String(Math.floor(Date.now() / 1000) + 3600);
    const { client, clock, seen } = await serve({
      status: 403,
      headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset },
      body: '{"message":"API rate limit exceeded"}',
    });
    const error = await failureOf(client.query(TASK, QUERY));
    expect(error.message).toContain("rate limit is used up for longer than a run waits");
    expect(clock.asked).toEqual([]);
    expect(seen).toEqual(["POST /api/graphql"]);
  });
});

describe("GraphQL", () => {
  it("answers with its data, beside REST on GitHub Enterprise Server", async () => {
    const { client, seen } = await serve({ body: '{"data":{"viewer":{"login":"x"}}}' });
    expect(await client.query(TASK, QUERY)).toEqual({ viewer: { login: "x" } });
    expect(seen).toEqual(["POST /api/graphql"]);
  });

  it("fails on errors that come with status 200", async () => {
    const body = '{"data":null,"errors":[{"type":"FORBIDDEN","message":"no","path":["a"]}]}';
    const { client, seen } = await serve({ body });
    const { failure } = await failureOf(client.query(TASK, QUERY));
    expect(failure).toMatchObject({
      kind: "graphql",
      errors: [{ type: "FORBIDDEN", path: ["a"] }],
    });
    expect(seen).toHaveLength(1);
  });

  it("repeats a query that timed out inside GitHub, and never a mutation", async () => {
    const body =
      '{"data":null,"errors":[{"message":"Something went wrong while executing your query."}]}';
    const query = await serve({ body }, { body: '{"data":{"a":1}}' });
    expect(await query.client.query(TASK, QUERY)).toEqual({ a: 1 });
    const mutation = await serve({ body });
    expect((await failureOf(mutation.client.mutate(TASK, QUERY))).failure.kind).toBe("unclear");
    expect(mutation.seen).toHaveLength(1);
  });
});

describe("bytes", () => {
  it("arrive exactly, also with a mark at the start and broken UTF-8", async () => {
    const exact = Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0x0d, 0x0a, 0x00]);
    const headers = { "content-type": "application/vnd.github.raw+json; charset=utf-8" };
    const { client } = await serve({ headers, body: exact as unknown as string });
    const bytes = await client.readBytes(TASK, READ, () => true);
    expect(Buffer.from(bytes)).toEqual(exact);
  });

  it("are asked for again when they did not arrive whole", async () => {
    const { client, seen } = await serve({ body: "half" }, { body: "whole" });
    const bytes = await client.readBytes(TASK, READ, ({ byteLength }) => byteLength === 5);
    expect(Buffer.from(bytes).toString()).toBe("whole");
    expect(seen).toHaveLength(2);
  });
});

import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import { planPause, READ_ATTEMPTS } from "../../core/sync/retry.ts";
import type { Clock } from "../../ports/clock.ts";
import { explainFailure } from "./explain.ts";
import type { Task } from "./failure.ts";
import { createPatience, type Patience, throttleOptions } from "./patience.ts";
import { type Answer, classifyThrown, type Reading, readGraphql, readJson } from "./read-answer.ts";

export interface GitHubClientOptions {
  readonly token: string;
  /** Such as `https://api.github.com` or `https://host/api/v3`. */
  readonly apiUrl: string;
  readonly userAgent: string;
  /** The global one when absent; a proxy's where one is configured. */
  readonly fetch?: typeof fetch;
  readonly clock: Clock;
  /** Bounds one request, in milliseconds; 30 seconds when absent. */
  readonly timeoutMs?: number;
  /** Told how long the run waits because GitHub asks it to. */
  readonly onWait: (sentence: string) => void;
}

/** A GraphQL document with its variables. */
export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A REST route such as `GET /repos/{owner}/{repo}` with its parameters. */
export interface RestRequest {
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Requests to GitHub. Reads are retried; what changes something is sent once. Every failure is a `GitHubError`. */
export interface GitHubClient {
  query(task: Task, request: GraphqlRequest): Promise<unknown>;
  mutate(task: Task, request: GraphqlRequest): Promise<unknown>;
  read(task: Task, request: RestRequest): Promise<unknown>;
  /** Exact bytes; `isWhole` tells whether all of them arrived. */
  readBytes(
    task: Task,
    request: RestRequest,
    isWhole: (bytes: Uint8Array) => boolean,
  ): Promise<Uint8Array>;
  write(task: Task, request: RestRequest): Promise<unknown>;
}

const REQUEST_TIMEOUT_MS = 30_000;

type Send = () => Promise<Answer>;
type Read = (answer: Answer) => Promise<Reading>;

interface Context {
  readonly octokit: Octokit;
  readonly clock: Clock;
  readonly patience: Patience;
  /** Where GraphQL lives, which on GitHub Enterprise Server is beside REST's `/api/v3`. */
  readonly graphqlUrl: string;
}

/** Creates the one client of a run. */
export function createGitHubClient(options: GitHubClientOptions): GitHubClient {
  const patience = createPatience(options.clock, options.onWait);
  const apiUrl = options.apiUrl.replace(/\/+$/, "");
  const context: Context = {
    octokit: createOctokit(options, apiUrl, patience),
    clock: options.clock,
    patience,
    graphqlUrl: apiUrl.replace(/\/api\/v3$/, "/api"),
  };
  const graphql = (request: GraphqlRequest) => () => sendGraphql(context, request);
  const rest = (request: RestRequest) => () => sendRest(context, request);
  return {
    query: (task, request) => repeat(context, task, { send: graphql(request), read: asGraphql }),
    mutate: (task, request) => once(context, task, { send: graphql(request), read: asGraphql }),
    read: (task, request) => repeat(context, task, { send: rest(request), read: asJson }),
    write: (task, request) => once(context, task, { send: rest(request), read: asJson }),
    async readBytes(task, request, isWhole) {
      const read: Read = (answer) => readWholeBytes(answer, isWhole);
      const data = await repeat(context, task, { send: () => sendRaw(context, request), read });
      return data as Uint8Array;
    },
  };
}

const asJson: Read = async (answer) => readJson(answer);
const asGraphql: Read = async (answer) => readGraphql(answer);

function createOctokit(options: GitHubClientOptions, apiUrl: string, patience: Patience): Octokit {
  const silent = () => undefined;
  const send = options.fetch ?? fetch;
  const Throttled = Octokit.plugin(throttling);
  return new Throttled({
    auth: options.token,
    baseUrl: apiUrl,
    userAgent: options.userAgent,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: {
      fetch: (url: string, init: RequestInit) =>
        send(url, {
          ...init,
          signal: AbortSignal.timeout(options.timeoutMs ?? REQUEST_TIMEOUT_MS),
        }),
    },
    throttle: throttleOptions(options.clock, patience),
  });
}

function sendGraphql(context: Context, request: GraphqlRequest): Promise<Answer> {
  return context.octokit.request("POST /graphql", { baseUrl: context.graphqlUrl, ...request });
}

function sendRest(context: Context, request: RestRequest): Promise<Answer> {
  return context.octokit.request(request.route, { ...request.parameters });
}

/** Leaves the body unread: octokit would decode a raw file as text. */
function sendRaw(context: Context, request: RestRequest): Promise<Answer> {
  return context.octokit.request(request.route, {
    ...request.parameters,
    headers: { accept: "application/vnd.github.raw+json" },
    request: { parseSuccessResponseBody: false },
  });
}

async function readWholeBytes(
  answer: Answer,
  isWhole: (bytes: Uint8Array) => boolean,
): Promise<Reading> {
  const body =
    answer.data === "" ? null : (answer.data as ConstructorParameters<typeof Response>[0]);
  const bytes = new Uint8Array(await new Response(body).arrayBuffer());
  if (isWhole(bytes)) return { kind: "data", data: bytes };
  return { kind: "unclear", reason: "the file did not arrive whole" };
}

interface Exchange {
  readonly send: Send;
  readonly read: Read;
}

/** Reads until the answer is clear, four times at most. */
async function repeat(context: Context, task: Task, exchange: Exchange): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await attemptOnce(context, exchange);
    if (result.kind === "data") return result.data;
    if (result.kind !== "unclear" || attempt >= READ_ATTEMPTS) throw explainFailure(result, task);
    await context.clock.sleep(planPause(attempt, context.clock.random()));
  }
}

async function once(context: Context, task: Task, exchange: Exchange): Promise<unknown> {
  const result = await attemptOnce(context, exchange);
  if (result.kind === "data") return result.data;
  throw explainFailure(result, task);
}

/** One exchange. A request that was turned away for its rate was not carried out, so it is sent again even when it writes. */
async function attemptOnce(context: Context, { send, read }: Exchange): Promise<Reading> {
  for (;;) {
    try {
      return await read(await send());
    } catch (error) {
      if (!(await context.patience.waitAsTold(error))) return classifyThrown(error);
    }
  }
}

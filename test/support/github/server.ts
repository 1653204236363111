import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Contract } from "./contract.ts";
import { type Fault, FaultBox, misbehave, type Outcome } from "./faults.ts";
import { BareRepo } from "./git/bare-repo.ts";
import { serveGitRequest } from "./git/serve.ts";
import { serveGraphql } from "./graphql/serve.ts";
import { type Incoming, jsonReply, type Reply, readIncoming } from "./http.ts";
import { describe, type RecordedRequest, Recorder, type Violation } from "./record.ts";
import { serveRest } from "./rest/serve.ts";
import { type Files, RepoHandle } from "./seed.ts";
import { type Limits, Repo, type TokenSpec, type Visibility, World } from "./state.ts";

/** The token a run has unless a test says otherwise: the Actions bot's, that may write. */
export const ACTIONS_TOKEN = "ghs_test";

export type GitHubOptions = Partial<Limits> & {
  /** Tokens by value; default: `ghs_test` of `github-actions[bot]`. */
  tokens?: Readonly<Record<string, TokenSpec>>;
  /** Delay of every answer. */
  latencyMs?: number;
};

export type RepoOptions = {
  owner: string;
  name: string;
  private?: boolean;
  /** Wins over `private`. */
  visibility?: Visibility;
  defaultBranch?: string;
  /** Files of the first commit; without any the repository is empty. */
  files?: Files;
  /** The repository setting "Allow GitHub Actions to create pull requests"; default: true. */
  actionsMayCreatePulls?: boolean;
};

const DEFAULT_TOKENS: Readonly<Record<string, TokenSpec>> = {
  [ACTIONS_TOKEN]: {
    login: "github-actions[bot]",
    type: "Bot",
    permissions: {
      contents: "write",
      issues: "write",
      pull_requests: "write",
      metadata: "read",
      actions: "read",
    },
  },
};

/** A strict GitHub on 127.0.0.1: REST, GraphQL and git over the same bare repositories. */
export class LoopbackGitHub {
  readonly #world: World;
  readonly #recorder = new Recorder();
  readonly #faults = new FaultBox();
  readonly #contract = new Contract();
  readonly #server = createServer((message, response) =>
    this.#world.run(this.#handle(message, response)),
  );
  readonly #latencyMs: number;
  readonly #tempDir: string;

  private constructor(world: World, tempDir: string, latencyMs: number) {
    this.#world = world;
    this.#tempDir = tempDir;
    this.#latencyMs = latencyMs;
  }

  static async start(options: GitHubOptions = {}): Promise<LoopbackGitHub> {
    const world = new World({
      commentCap: options.commentCap ?? 2500,
      commentCapStatus: options.commentCapStatus ?? 403,
      listLagMs: options.listLagMs ?? 0,
    });
    for (const [value, spec] of Object.entries(options.tokens ?? DEFAULT_TOKENS)) {
      world.addToken(value, spec);
    }
    const tempDir = await mkdtemp(join(tmpdir(), "loopback-github-"));
    const github = new LoopbackGitHub(world, tempDir, options.latencyMs ?? 0);
    await github.#listen();
    return github;
  }

  async #listen(): Promise<void> {
    this.#server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const { port } = this.#server.address() as AddressInfo;
    this.#world.baseUrl = `http://127.0.0.1:${port}`;
  }

  /** GITHUB_API_URL and GITHUB_SERVER_URL. */
  get url(): string {
    return this.#world.baseUrl;
  }

  /** GITHUB_GRAPHQL_URL. */
  get graphqlUrl(): string {
    return `${this.#world.baseUrl}/graphql`;
  }

  /** All requests since the start or the last `reset`. */
  get requests(): readonly RecordedRequest[] {
    return this.#recorder.requests;
  }

  /** Breaches of GitHub's contract, by the client or by this server. */
  get violations(): readonly Violation[] {
    return this.#recorder.violations;
  }

  reads(): number {
    return this.#recorder.reads();
  }

  writes(): number {
    return this.#recorder.writes();
  }

  /** Forgets requests, violations and faults; repositories stay. */
  reset(): void {
    this.#recorder.reset();
    this.#faults.clear();
  }

  /** Limits a test may change while the server runs. */
  get limits(): Limits {
    return this.#world.limits;
  }

  inject(fault: Fault): void {
    this.#faults.inject(fault);
  }

  addToken(value: string, spec: TokenSpec): void {
    this.#world.addToken(value, spec);
  }

  /** Withdraws a token: it answers 401 from now on. */
  revokeToken(value: string): void {
    this.#world.tokens.delete(value);
  }

  async createRepo(options: RepoOptions): Promise<RepoHandle> {
    const id = this.#world.nextId() - 2_300_000_000;
    const defaultBranch = options.defaultBranch ?? "main";
    const dir = join(this.#tempDir, `${id}.git`);
    const repo = new Repo({
      id,
      owner: this.#world.account(options.owner),
      name: options.name,
      visibility: options.visibility ?? (options.private ? "private" : "public"),
      defaultBranch,
      git: await BareRepo.create(dir, defaultBranch),
      actionsMayCreatePulls: options.actionsMayCreatePulls ?? true,
    });
    this.#world.repos.set(repo.fullName.toLowerCase(), repo);
    const handle = new RepoHandle(this.#world, repo);
    if (options.files) await handle.commitFiles(defaultBranch, options.files, "Initial commit");
    return handle;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    for (const repo of this.#world.repos.values()) repo.git.close();
    await rm(this.#tempDir, { recursive: true, force: true, maxRetries: 5 });
  }

  async #handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const incoming = await readIncoming(message);
      const record = describe(this.#contract, incoming);
      this.#recorder.requests.push(record);
      if (this.#latencyMs > 0) await sleep(this.#latencyMs);
      const fault = this.#faults.take(record);
      record.fault = fault?.kind;
      const apply = (): Promise<Reply> => this.#answer(incoming, record);
      const outcome: Outcome = fault
        ? await misbehave(fault, apply)
        : { kind: "answer", reply: await apply() };
      send(response, record, outcome);
    } catch {
      response.destroy();
    }
  }

  async #answer(incoming: Incoming, record: RecordedRequest): Promise<Reply> {
    const context = { world: this.#world, contract: this.#contract, recorder: this.#recorder };
    try {
      if (record.kind === "git") return await serveGitRequest(this.#world, incoming);
      if (record.kind === "graphql") return await serveGraphql(context, incoming, record);
      return await serveRest(context, incoming, record);
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#recorder.violate(record, `the loopback failed: ${text}`);
      return jsonReply(500, { message: "Server Error" });
    }
  }
}

function apiHeaders(record: RecordedRequest): Record<string, string> {
  return {
    "x-github-request-id": "0400:1F2A:LOOPBACK",
    "x-github-media-type": "github.v3; format=json",
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "4999",
    "x-ratelimit-used": "1",
    "x-ratelimit-resource": record.kind === "graphql" ? "graphql" : "core",
    "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) + 3600),
  };
}

function send(response: ServerResponse, record: RecordedRequest, outcome: Outcome): void {
  if (outcome.kind === "silence") return;
  if (outcome.kind === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  const { status, headers, body } = outcome.reply;
  record.status = status;
  response.writeHead(status, {
    ...(record.kind === "git" ? {} : apiHeaders(record)),
    ...headers,
    ...(status === 204 ? {} : { "content-length": body.length }),
  });
  response.end(body);
}

/** Starts a strict loopback GitHub on a free port. */
export function startGitHub(options: GitHubOptions = {}): Promise<LoopbackGitHub> {
  return LoopbackGitHub.start(options);
}

/** Fails with every breach of GitHub's contract seen so far. */
export function expectNoViolations(github: LoopbackGitHub): void {
  if (github.violations.length === 0) return;
  const lines = github.violations.map(({ request, problem }) => `${request}: ${problem}`);
  throw new Error(`breaches of GitHub's contract:\n${lines.join("\n")}`);
}

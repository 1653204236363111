import { authenticate } from "../access.ts";
import type { Contract } from "../contract.ts";
import { type Incoming, jsonReply, parseJson, type Reply } from "../http.ts";
import { Problem } from "../problem.ts";
import type { RecordedRequest, Recorder } from "../record.ts";
import type { World } from "../state.ts";
import { gitDataHandlers } from "./git-data.ts";
import { conversationHandlers } from "./issues.ts";
import { pullHandlers } from "./pulls.ts";
import { reactionHandlers } from "./reactions.ts";
import { accountHandlers, repoHandlers } from "./repos.ts";
import type { Handlers } from "./route.ts";

const DOCUMENTATION = "https://docs.github.com/rest";
const API_VERSIONS = new Set(["2022-11-28", "2026-03-10"]);
const HANDLERS: Handlers = {
  ...accountHandlers,
  ...repoHandlers,
  ...gitDataHandlers,
  ...conversationHandlers,
  ...reactionHandlers,
  ...pullHandlers,
};

/** What REST says of a refusal. */
export function problemReply(problem: Problem): Reply {
  const { status, message, errors, headers } = problem;
  const details = errors ? { errors } : {};
  const body = { message, ...details, documentation_url: DOCUMENTATION, status: String(status) };
  return jsonReply(status, body, headers);
}

function asFields(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

export type RestContext = { world: World; contract: Contract; recorder: Recorder };

/** Answers a REST request and checks both sides against GitHub's OpenAPI document. */
export async function serveRest(
  { world, contract, recorder }: RestContext,
  incoming: Incoming,
  record: RecordedRequest,
): Promise<Reply> {
  try {
    const { headers, method, path, query } = incoming;
    if (!headers["user-agent"]) {
      throw new Problem(403, "Request forbidden by administrative rules.");
    }
    const version = headers["x-github-api-version"];
    if (version !== undefined && !API_VERSIONS.has(String(version))) {
      throw new Problem(400, "The API version is not supported");
    }
    const match = contract.match(method, path);
    const handler = match && HANDLERS[match.id];
    if (!match || !handler) {
      recorder.violate(record, "no such route");
      throw new Problem(404, "Not Found");
    }
    if (incoming.body.length > 0 && record.body === undefined) {
      throw new Problem(400, "Problems parsing JSON");
    }
    for (const problem of contract.checkRequest(match, query, record.body)) {
      recorder.violate(record, problem);
    }
    const token = authenticate(world, headers.authorization);
    const accept = String(headers.accept ?? "");
    const body = asFields(record.body);
    const call = { world, token, params: match.params, query, body, accept, path };
    const reply = await handler(call).catch((error: unknown) => {
      if (error instanceof Problem) return problemReply(error);
      throw error;
    });
    if (reply.headers["content-type"]?.startsWith("application/json")) {
      for (const problem of contract.checkResponse(match, reply.status, parseJson(reply.body))) {
        recorder.violate(record, problem);
      }
    }
    return reply;
  } catch (error) {
    if (error instanceof Problem) return problemReply(error);
    throw error;
  }
}

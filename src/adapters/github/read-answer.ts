import type { Failure, GraphqlProblem } from "./failure.ts";

/** An HTTP answer as far as it is read here. */
export interface Answer {
  readonly status: number;
  readonly data: unknown;
}

/** What an answer holds, or why it holds nothing to use. */
export type Reading = { readonly kind: "data"; readonly data: unknown } | Failure;

/** The JSON of a good answer, or why it is none. An empty body is fine only where GitHub sends none (204). */
export function readJson(answer: Answer): Reading {
  if (answer.status === 204) return { kind: "data", data: undefined };
  if (typeof answer.data === "object" && answer.data !== null)
    return { kind: "data", data: answer.data };
  return { kind: "unclear", reason: describeText(answer.data) };
}

/** The data of a GraphQL answer, or its errors: those come with status 200. */
export function readGraphql(answer: Answer): Reading {
  const json = readJson(answer);
  if (json.kind !== "data") return json;
  const body = new Map(Object.entries(json.data as object));
  const errors = body.get("errors");
  const data: unknown = body.get("data");
  if (Array.isArray(errors) && errors.length > 0) {
    return classifyProblems(errors.map(parseProblem), data);
  }
  if (typeof data === "object" && data !== null) return { kind: "data", data };
  return { kind: "unclear", reason: "the answer holds neither data nor errors" };
}

/** What octokit throws, as far as it is read here. */
export interface RequestFailure extends Error {
  readonly status: number;
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | number | undefined>>;
    readonly data: unknown;
  };
}

/** Whether something thrown is octokit's error for a request. */
export function isRequestFailure(error: unknown): error is RequestFailure {
  return error instanceof Error && "status" in error && typeof error.status === "number";
}

/** Why a request threw. A network failure has no answer; octokit gives it status 500. */
export function classifyThrown(error: unknown): Failure {
  const answer = isRequestFailure(error) ? error.response : undefined;
  if (answer === undefined) return { kind: "unclear", reason: describeNetwork(error) };
  if (answer.status >= 500 || answer.status === 408) {
    return { kind: "unclear", reason: `it answered with status ${answer.status}` };
  }
  const accepted = answer.headers["x-accepted-github-permissions"];
  return {
    kind: "refused",
    status: answer.status,
    message: readMessage(answer.data),
    acceptedPermissions: accepted === undefined ? undefined : String(accepted),
  };
}

/** GitHub's `message` and the details of a 422, never a raw body. */
function readMessage(data: unknown): string {
  if (typeof data !== "object" || data === null) return "";
  const body = new Map(Object.entries(data));
  const details: unknown = body.get("errors");
  const texts = [body.get("message"), ...(Array.isArray(details) ? details.map(readDetail) : [])];
  return texts.filter((text) => typeof text === "string" && text !== "").join(": ");
}

function readDetail(detail: unknown): unknown {
  if (typeof detail !== "object" || detail === null) return detail;
  const fields = new Map(Object.entries(detail));
  return fields.get("message") ?? [fields.get("field"), fields.get("code")].join(" ").trim();
}

function parseProblem(error: unknown): GraphqlProblem {
  const fields = new Map(Object.entries(typeof error === "object" && error !== null ? error : {}));
  const type: unknown = fields.get("type");
  const path: unknown = fields.get("path");
  return {
    type: typeof type === "string" ? type : undefined,
    message: String(fields.get("message") ?? ""),
    path: Array.isArray(path) ? path.map(String) : [],
  };
}

// GitHub's own time limit speaks like this, with status 200: https://github.com/orgs/community/discussions/24631
const UNCLEAR = /something went wrong|timed? ?out|couldn't respond|try again|internal/i;
const UNCLEAR_TYPES = new Set(["INTERNAL", "SERVICE_UNAVAILABLE", "TIMEOUT"]);

function classifyProblems(errors: readonly GraphqlProblem[], data: unknown): Failure {
  const unclear = errors.some(
    ({ type, message }) =>
      (type === undefined && UNCLEAR.test(message)) || UNCLEAR_TYPES.has(type ?? ""),
  );
  if (unclear) return { kind: "unclear", reason: "it reported an internal error" };
  return { kind: "graphql", errors, data };
}

function describeText(data: unknown): string {
  if (typeof data !== "string" || data === "") return "the answer is empty";
  return /^\s*</.test(data)
    ? "the answer is a web page, not JSON; a proxy may stand in between"
    : "the answer is not whole JSON";
}

const NETWORK: Readonly<Record<string, string>> = {
  ECONNRESET: "the connection was reset",
  ECONNREFUSED: "the connection was refused",
  ENOTFOUND: "the address is unknown",
  EAI_AGAIN: "the address could not be looked up",
  UND_ERR_SOCKET: "the connection was closed",
};

function describeNetwork(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause.name === "TimeoutError") return "it did not answer in time";
    const known = "code" in cause ? NETWORK[String(cause.code)] : undefined;
    if (known !== undefined) return known;
  }
  return "the connection failed";
}

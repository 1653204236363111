import { jsonReply, type Reply } from "./http.ts";
import type { RecordedRequest } from "./record.ts";

/** What can go wrong between a client and GitHub. */
export type FaultKind =
  | "500"
  | "502"
  | "502-after-apply"
  | "503"
  | "403-secondary"
  | "429"
  | "401"
  | "403"
  | "404"
  | "409"
  | "422"
  | "graphql-errors"
  | "truncated-json"
  | "html"
  | "reset-before"
  | "reset-after-apply"
  | "timeout-before"
  | "timeout-after-apply";

/** All fault kinds, for tests that go through them. */
export const FAULT_KINDS: readonly FaultKind[] = [
  "500",
  "502",
  "502-after-apply",
  "503",
  "403-secondary",
  "429",
  "401",
  "403",
  "404",
  "409",
  "422",
  "graphql-errors",
  "truncated-json",
  "html",
  "reset-before",
  "reset-after-apply",
  "timeout-before",
  "timeout-after-apply",
];

export type Fault = {
  match: (request: RecordedRequest) => boolean;
  kind: FaultKind;
  /** How often; default: once. */
  times?: number;
  /** Seconds of the `retry-after` header of `403-secondary`, `429` and `503`; default: 1. */
  retryAfter?: number;
};

/** What the connection does instead of a plain answer. */
export type Outcome = { kind: "answer"; reply: Reply } | { kind: "reset" } | { kind: "silence" };

const SECONDARY =
  "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID 0400:1F2A.";
const HTML =
  "<!DOCTYPE html>\n<html><head><title>Unicorn! &middot; GitHub</title></head><body>We had issues.</body></html>\n";
const DOCUMENTATION = "https://docs.github.com/rest";

function message(status: number, text: string, headers: Record<string, string> = {}): Reply {
  const body = { message: text, documentation_url: DOCUMENTATION, status: String(status) };
  return jsonReply(status, body, headers);
}

function html(status: number): Reply {
  const headers = { "content-type": "text/html; charset=utf-8" };
  return { status, headers, body: Buffer.from(HTML) };
}

const GRAPHQL_ERROR = {
  data: null,
  errors: [
    {
      message:
        "Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug. Please include `0400:1F2A` when reporting this issue.",
    },
  ],
};

function refusal(kind: FaultKind, retryAfter: number): Reply | undefined {
  const wait = { "retry-after": String(retryAfter) };
  const replies: Partial<Record<FaultKind, () => Reply>> = {
    "500": () => message(500, "Server Error"),
    "502": () => message(502, "Server Error"),
    "502-after-apply": () => message(502, "Server Error"),
    "503": () => message(503, "Service Unavailable", wait),
    "403-secondary": () => message(403, SECONDARY, wait),
    "429": () => message(429, SECONDARY, wait),
    "401": () => message(401, "Bad credentials"),
    "403": () => message(403, "Resource not accessible by integration"),
    "404": () => message(404, "Not Found"),
    "409": () => message(409, "Conflict"),
    "422": () => message(422, "Validation Failed"),
    "graphql-errors": () => jsonReply(200, GRAPHQL_ERROR),
    html: () => html(200),
  };
  return replies[kind]?.();
}

/** Cuts a good answer in the middle. */
function truncated(reply: Reply): Reply {
  return { ...reply, body: reply.body.subarray(0, Math.floor(reply.body.length / 2)) };
}

/** The faults waiting for their requests. */
export class FaultBox {
  readonly #waiting: { fault: Fault; left: number }[] = [];

  inject(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  /** The first waiting fault a request matches, used up by one. */
  take(request: RecordedRequest): Fault | undefined {
    const entry = this.#waiting.find(({ fault, left }) => left > 0 && fault.match(request));
    if (entry) entry.left -= 1;
    return entry?.fault;
  }
}

/** Answers a request under a fault; `apply` does what it asks for. */
export async function misbehave(fault: Fault, apply: () => Promise<Reply>): Promise<Outcome> {
  const { kind } = fault;
  if (kind === "reset-before") return { kind: "reset" };
  if (kind === "timeout-before") return { kind: "silence" };
  if (kind === "truncated-json") return { kind: "answer", reply: truncated(await apply()) };
  if (kind.endsWith("-after-apply")) await apply();
  if (kind === "reset-after-apply") return { kind: "reset" };
  if (kind === "timeout-after-apply") return { kind: "silence" };
  const reply = refusal(kind, fault.retryAfter ?? 1);
  if (!reply) throw new Error(`no answer for the fault ${kind}`);
  return { kind: "answer", reply };
}

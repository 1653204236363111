import { parse } from "graphql";
import type { Contract } from "./contract.ts";
import { type Incoming, parseJson } from "./http.ts";

/** One request as tests see it. */
export type RecordedRequest = {
  method: string;
  /** Path and query. */
  path: string;
  kind: "rest" | "graphql" | "git";
  /** OpenAPI `operationId`, `graphql`, or the git service (`git-receive-pack`, `info/refs?service=…`). */
  operation: string | undefined;
  /** Root fields of a GraphQL document, joined by commas. */
  graphqlOperation: string | undefined;
  isMutation: boolean;
  isWrite: boolean;
  /** JSON of the body; undefined for git and for an empty body. */
  body: unknown;
  /** What was sent back; 0 when nothing was. */
  status: number;
  /** The injected fault that answered, if one did. */
  fault: string | undefined;
};

/** Something a client did that GitHub would not take, or this server answered and GitHub would not. */
export type Violation = { request: string; problem: string };

export const GIT_PATH = /^\/([^/]+)\/([^/]+?)\.git\/(info\/refs|git-upload-pack|git-receive-pack)$/;

function describeGraphql(body: unknown): { fields: string; isMutation: boolean } {
  const query = typeof body === "object" && body !== null && "query" in body ? body.query : "";
  try {
    const definitions = parse(String(query)).definitions;
    const operation = definitions.find((item) => item.kind === "OperationDefinition");
    const fields = operation?.selectionSet.selections.map((item) =>
      item.kind === "Field" ? item.name.value : "...",
    );
    return {
      fields: (fields ?? []).join(","),
      isMutation: operation?.operation === "mutation",
    };
  } catch {
    return { fields: "", isMutation: false };
  }
}

/** Names a request before anything is done with it. */
export function describe(contract: Contract, incoming: Incoming): RecordedRequest {
  const { method, path } = incoming;
  const search = incoming.query.toString();
  const shared = {
    method,
    path: search === "" ? path : `${path}?${search}`,
    status: 0,
    fault: undefined,
    graphqlOperation: undefined,
    isMutation: false,
    body: undefined,
  };
  const git = GIT_PATH.exec(path);
  if (git) {
    const service = git[3] ?? "";
    const operation =
      service === "info/refs" ? `${service}?service=${incoming.query.get("service")}` : service;
    return { ...shared, kind: "git", operation, isWrite: service === "git-receive-pack" };
  }
  const body = incoming.body.length === 0 ? undefined : parseJson(incoming.body);
  if (path === "/graphql") {
    const { fields, isMutation } = describeGraphql(body);
    return {
      ...shared,
      kind: "graphql",
      operation: "graphql",
      graphqlOperation: fields,
      isMutation,
      isWrite: isMutation,
      body,
    };
  }
  const isWrite = method !== "GET" && method !== "HEAD";
  return { ...shared, kind: "rest", operation: contract.match(method, path)?.id, isWrite, body };
}

/** The requests and violations of one server. */
export class Recorder {
  readonly requests: RecordedRequest[] = [];
  readonly violations: Violation[] = [];

  violate(request: RecordedRequest, problem: string): void {
    this.violations.push({ request: `${request.method} ${request.path}`, problem });
  }

  reads(): number {
    return this.requests.filter((request) => !request.isWrite).length;
  }

  writes(): number {
    return this.requests.filter((request) => request.isWrite).length;
  }

  reset(): void {
    this.requests.length = 0;
    this.violations.length = 0;
  }
}

/** `type` of an entry of a GraphQL answer's `errors`. */
export type GraphqlErrorType =
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "STALE_DATA"
  | "UNPROCESSABLE"
  | "EXCESSIVE_PAGINATION"
  | "MISSING_PAGINATION_BOUNDARIES";

/** One entry of a 422's `errors`. */
export type FieldProblem = { resource: string; code: string; field?: string; message?: string };

export type ProblemDetails = {
  type?: GraphqlErrorType;
  errors?: readonly FieldProblem[];
  headers?: Readonly<Record<string, string>>;
};

const TYPES: Readonly<Record<number, GraphqlErrorType>> = { 403: "FORBIDDEN", 404: "NOT_FOUND" };

/** A refusal in GitHub's words; REST sends its status, GraphQL its type. */
export class Problem extends Error {
  readonly status: number;
  readonly type: GraphqlErrorType;
  readonly errors: readonly FieldProblem[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, details: ProblemDetails = {}) {
    super(message);
    this.name = "Problem";
    this.status = status;
    this.type = details.type ?? TYPES[status] ?? "UNPROCESSABLE";
    this.errors = details.errors;
    this.headers = details.headers ?? {};
  }

  /** What GraphQL says: the first detail of a validation failure instead of its headline. */
  get sentence(): string {
    return this.errors?.[0]?.message ?? this.message;
  }
}

export function notFound(): Problem {
  return new Problem(404, "Not Found");
}

export function invalid(...errors: FieldProblem[]): Problem {
  return new Problem(422, "Validation Failed", { errors });
}

import { RemoteError } from "../../core/errors.ts";

/** One entry of a GraphQL answer's `errors`: https://spec.graphql.org/October2021/#sec-Errors */
export interface GraphqlProblem {
  readonly type: string | undefined;
  readonly message: string;
  readonly path: readonly string[];
}

/** Why a request to GitHub has no result. */
export type Failure =
  /** No clear answer (timeout, reset, 5xx, HTML, cut JSON): what was asked for may or may not have happened. */
  | { readonly kind: "unclear"; readonly reason: string }
  /** An answer that says no; `message` is GitHub's own and untrusted, `""` when it was no JSON. */
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly message: string;
      readonly acceptedPermissions: string | undefined;
    }
  /** HTTP 200 whose body holds errors; `data` is what came along. */
  | {
      readonly kind: "graphql";
      readonly errors: readonly GraphqlProblem[];
      readonly data: unknown;
    };

/** What a request is for, in words that follow "GitHub would not", and the permission it takes. */
export interface Task {
  readonly what: string;
  /** As a workflow writes it, such as `contents: write`. */
  readonly needs: string;
}

/** A request to GitHub that failed, with the facts a caller branches on. */
export class GitHubError extends RemoteError {
  readonly failure: Failure;

  constructor(
    failure: Failure,
    text: { readonly message: string; readonly remedy?: string },
    cause?: unknown,
  ) {
    super(text.message, {
      ...(text.remedy === undefined ? {} : { remedy: text.remedy }),
      ...(failure.kind === "refused" ? { status: failure.status } : {}),
      cause,
    });
    this.failure = failure;
  }

  /** The sentence, and what to do about it. */
  get advice(): string {
    return this.remedy === undefined ? this.message : `${this.message} ${this.remedy}`;
  }
}

/** GitHub's own words in a failure, for matching only: they are untrusted and may be long. */
export function wordsOf(failure: Failure): string {
  if (failure.kind === "graphql") return failure.errors.map((error) => error.message).join("\n");
  return failure.kind === "refused" ? failure.message : "";
}

/** Why GitHub took no comment, as far as its words tell. */
export function classifyWords(words: string): CommentRefusal | undefined {
  return COMMENT_REFUSALS.find(([, pattern]) => pattern.test(words))?.[0];
}

export type CommentRefusal = "locked" | "comment-cap" | "too-long";

const COMMENT_REFUSALS: readonly (readonly [CommentRefusal, RegExp])[] = [
  ["locked", /(?:issue|conversation) is locked/i],
  // https://docs.github.com/communities/moderating-comments-and-conversations: 2,500 comments an issue
  ["comment-cap", /commenting is disabled|more than 2500 comments/i],
  ["too-long", /too long/i],
];

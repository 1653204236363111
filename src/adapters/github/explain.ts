import { quoteUntrusted } from "../../core/text/safe-log.ts";
import {
  classifyWords,
  type Failure,
  GitHubError,
  type GraphqlProblem,
  type Task,
} from "./failure.ts";

/** A sentence and what to do about it. */
interface Explanation {
  readonly message: string;
  readonly remedy?: string;
}

/** Turns a failed request into an error whose sentence names the missing permission and the lines to add. Never shows a body. */
export function explainFailure(failure: Failure, task: Task, cause?: unknown): GitHubError {
  return new GitHubError(failure, selectExplanation(failure, task), cause);
}

function selectExplanation(failure: Failure, task: Task): Explanation {
  if (failure.kind === "unclear") {
    return {
      message: `GitHub gave no clear answer when it was asked to ${task.what}: ${failure.reason}.`,
      remedy: "Run again; a run that is repeated does nothing twice.",
    };
  }
  if (failure.kind === "graphql") return explainGraphql(failure.errors, task);
  const known = WORDS.find(([pattern]) => pattern.test(failure.message));
  if (known !== undefined) return known[1](task);
  const refusal = classifyWords(failure.message);
  if (refusal === "locked" || refusal === "comment-cap") return explainClosed(refusal, task);
  return (STATUSES[failure.status] ?? explainOther)(failure, task);
}

type Refused = Extract<Failure, { kind: "refused" }>;

/** Refusals that a permission in the workflow does not mend. */
const WORDS: readonly (readonly [RegExp, (task: Task) => Explanation])[] = [
  [
    /not permitted to create or approve pull requests/i,
    () => ({
      message: "GitHub Actions may not create pull requests in this repository.",
      remedy:
        'Turn on "Allow GitHub Actions to create and approve pull requests" under Settings, Actions, General.',
    }),
  ],
  [
    /SAML/,
    (task) => ({
      message: `GitHub would not ${task.what}: the organisation asks for single sign-on.`,
      remedy: "Authorise the token for the organisation under the token's settings on GitHub.",
    }),
  ],
  [
    /IP allow list/i,
    (task) => ({
      message: `GitHub would not ${task.what}: this machine is not on the organisation's IP allow list.`,
      remedy: "Run on a machine that is on the list.",
    }),
  ],
  [
    // https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
    /must have push access/i,
    (task) => ({
      message: `GitHub would not ${task.what}: it tells that only to who may write to the repository.`,
      remedy: "Leave the input `token` out, or give a token whose owner has write access.",
    }),
  ],
  [
    /rate limit/i,
    (task) => ({
      message: `GitHub would not ${task.what} yet: the rate limit is used up for longer than a run waits.`,
      remedy: "Run again later; nothing was half done.",
    }),
  ],
];

function explainClosed(refusal: "locked" | "comment-cap", task: Task): Explanation {
  if (refusal === "locked") {
    return {
      message: `GitHub would not ${task.what}: the conversation is locked.`,
      remedy: "Unlock it, or name another issue with the input `issue` or in session.yml.",
    };
  }
  return {
    message: `GitHub would not ${task.what}: the issue holds as many comments as GitHub allows.`,
    remedy: "Name another issue with the input `issue` or in session.yml.",
  };
}

const STATUSES: Readonly<Record<number, (failure: Refused, task: Task) => Explanation>> = {
  401: (_, task) => ({
    message: `GitHub did not accept the token when it was asked to ${task.what} (401).`,
    remedy: "Check the input `token`; the default is `${{ github.token }}`.",
  }),
  403: (failure, task) => ({
    message: `The token may not ${task.what} (403${saying(failure.message)}).`,
    remedy: adviseGrant(failure.acceptedPermissions, task),
  }),
  404: (failure, task) => ({
    message: `GitHub could not ${task.what}: not found, or the token may not see it (404).`,
    remedy: `Check the names. ${adviseGrant(failure.acceptedPermissions, task)}`,
  }),
  413: (_, task) => ({
    message: `GitHub could not ${task.what}: the request is too large (413).`,
    remedy: "Use the input `transport: git`.",
  }),
};

function explainOther(failure: Refused, task: Task): Explanation {
  return {
    message: `GitHub would not ${task.what} (${failure.status}${saying(failure.message)}).`,
  };
}

function explainGraphql(errors: readonly GraphqlProblem[], task: Task): Explanation {
  const said = saying(errors[0]?.message ?? "");
  const has = (type: string) => errors.some((error) => error.type === type);
  const forbidden = errors.some((error) => /resource not accessible by/i.test(error.message));
  if (has("INSUFFICIENT_SCOPES")) {
    return {
      message: `The token lacks a scope to ${task.what}${said}.`,
      remedy: "Give the personal access token the scope `repo`.",
    };
  }
  if (has("FORBIDDEN") || forbidden) {
    return {
      message: `The token may not ${task.what}${said}.`,
      remedy: adviseGrant(undefined, task),
    };
  }
  if (has("NOT_FOUND")) {
    return {
      message: `GitHub could not ${task.what}: not found, or the token may not see it${said}.`,
      remedy: `Check the names. ${adviseGrant(undefined, task)}`,
    };
  }
  return { message: `GitHub would not ${task.what}${said}.` };
}

function saying(message: string): string {
  return message === "" ? "" : `; GitHub says ${quoteUntrusted(message)}`;
}

/** A workflow cannot name this permission, for its own token always has it. */
const GRANT_METADATA =
  "Leave the input `token` out, or give the app of the token the repository permission Metadata: read.";

/**
 * The lines a workflow needs. GitHub lists alternatives with `;` and what belongs together with `,`:
 * https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#resource-not-accessible
 */
function adviseGrant(accepted: string | undefined, task: Task): string {
  const offered = /^[a-z_]+=(?:read|write)(?:,\s*[a-z_]+=(?:read|write))*/.exec(
    accepted ?? "",
  )?.[0];
  const grants = offered?.split(/,\s*/).map((grant) => grant.replace("=", ": ").replace("_", "-"));
  const needed = grants ?? [task.needs];
  if (needed.includes("metadata: read")) return GRANT_METADATA;
  const lines = needed.map((grant) => `  ${grant}`).join("\n");
  return `Add to the workflow's job:\npermissions:\n${lines}`;
}

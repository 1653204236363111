import { describe, expect, it } from "vitest";
import { explainFailure } from "../../../src/adapters/github/explain.ts";
import type { Failure } from "../../../src/adapters/github/failure.ts";
import { RemoteError } from "../../../src/core/errors.ts";

const TASK = { what: "commit to the log's branch", needs: "contents: write" };

function explain(failure: Failure): string {
  const error = explainFailure(failure, TASK);
  expect(error).toBeInstanceOf(RemoteError);
  return `${error.message} ${error.remedy ?? ""}`.trim();
}

function refuse(status: number, message = "", acceptedPermissions?: string): Failure {
  return { kind: "refused", status, message, acceptedPermissions };
}

function graphql(type: string | undefined, message: string): Failure {
  return { kind: "graphql", errors: [{ type, message, path: [] }], data: undefined };
}

describe("a refusal becomes a sentence with a remedy", () => {
  it("names the lines a workflow lacks", () => {
    expect(explain(refuse(403, "Resource not accessible by integration"))).toBe(
      "The token may not commit to the log's branch (403; GitHub says \"Resource not accessible by integration\"). Add to the workflow's job:\npermissions:\n  contents: write",
    );
  });

  it("prefers the permissions that GitHub lists, the first alternative of them", () => {
    const accepted = "pull_requests=write,issues=read; contents=write";
    expect(explain(refuse(403, "no", accepted))).toContain(
      "permissions:\n  pull-requests: write\n  issues: read",
    );
    expect(explain(refuse(403, "no", "<script>=write"))).toContain(
      "permissions:\n  contents: write",
    );
  });

  it.each([
    [refuse(401, "Bad credentials"), "did not accept the token"],
    [refuse(404, "Not Found"), "not found, or the token may not see it"],
    [
      refuse(409, "Conflict"),
      'would not commit to the log\'s branch (409; GitHub says "Conflict")',
    ],
    [refuse(413, ""), "too large (413). Use the input `transport: git`"],
    [refuse(422, "Validation Failed"), 'GitHub says "Validation Failed"'],
    [
      refuse(403, "GitHub Actions is not permitted to create or approve pull requests."),
      "Settings, Actions, General",
    ],
    [refuse(403, "Resource protected by organization SAML enforcement."), "single sign-on"],
    [refuse(403, "your IP address is not permitted; see the IP allow list"), "IP allow list"],
    [refuse(403, "Must have push access to view collaborator permission."), "write access"],
    [refuse(403, "no", "metadata=read"), "the repository permission Metadata: read"],
    [refuse(429, "API rate limit exceeded"), "the rate limit is used up"],
    [
      graphql("FORBIDDEN", "Resource not accessible by integration"),
      "permissions:\n  contents: write",
    ],
    [graphql(undefined, "Resource not accessible by personal access token"), "contents: write"],
    [
      graphql("NOT_FOUND", "Could not resolve to a Repository"),
      "not found, or the token may not see it",
    ],
    [graphql("INSUFFICIENT_SCOPES", "Your token has not been granted"), "the scope `repo`"],
    [graphql("SOMETHING", "else"), 'would not commit to the log\'s branch; GitHub says "else"'],
    [{ kind: "unclear", reason: "the connection was reset" } as const, "no clear answer"],
  ])("%o", (failure, expected) => {
    expect(explain(failure)).toContain(expected);
  });

  it("never tells a workflow to name a permission that it cannot name", () => {
    const error = explainFailure(refuse(403, "no"), { what: "ask", needs: "metadata: read" });
    expect(error.remedy).toContain("Leave the input `token` out");
    expect(error.remedy).not.toContain("permissions:");
  });

  it("shows GitHub's words only as a quoted line that the runner cannot obey", () => {
    const text = explain(refuse(422, "::error::x\n##[add-mask]y"));
    expect(text).not.toMatch(/^::/m);
    expect(text).not.toContain("##[");
  });
});

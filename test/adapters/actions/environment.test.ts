import { describe, expect, test } from "vitest";
import { readEnvironment, readSecrets } from "../../../src/adapters/actions/environment.ts";
import { InputError } from "../../../src/core/errors.ts";

describe("the environment of a run", () => {
  test("is read with the defaults of github.com", () => {
    expect(
      readEnvironment({ GITHUB_REPOSITORY: "octo/lab", GITHUB_WORKSPACE: "/w", HOME: "/h" }),
    ).toEqual({
      owner: "octo",
      repo: "lab",
      repositoryId: undefined,
      workspace: "/w",
      tempDir: undefined,
      home: "/h",
      eventName: "",
      eventPath: undefined,
      apiUrl: "https://api.github.com",
      serverUrl: "https://github.com",
      runUrl: undefined,
      actor: undefined,
      triggeringActor: undefined,
      isDebug: false,
    });
  });

  test("names the run's page on whatever server, and takes an empty variable for an absent one", () => {
    const environment = readEnvironment({
      GITHUB_REPOSITORY: "octo/lab",
      GITHUB_SERVER_URL: "https://ghes.example",
      GITHUB_API_URL: "",
      GITHUB_RUN_ID: "7",
      RUNNER_DEBUG: "1",
    });
    expect(environment.runUrl).toBe("https://ghes.example/octo/lab/actions/runs/7");
    expect(environment.apiUrl).toBe("https://api.github.com");
    expect(environment.isDebug).toBe(true);
  });

  test.each([undefined, "", "octo", "octo/lab/x", "octo/ lab", "../lab/.."])(
    "outside a workflow is refused: %j",
    (repository) => {
      expect(() => readEnvironment({ GITHUB_REPOSITORY: repository })).toThrow(InputError);
    },
  );
});

test("the secrets of a run are the values of variables named like secrets", () => {
  expect(
    readSecrets({
      GITHUB_TOKEN: "t1",
      INPUT_TOKEN: "t1",
      ACTIONS_RUNTIME_TOKEN: "t2",
      ACTIONS_ID_TOKEN_REQUEST_URL: "https://example.org/token",
      AWS_SECRET_ACCESS_KEY: "t3",
      WANDB_API_KEY: "t4",
      DB_PASSWORD: "t5",
      DATABASE_TOKEN_URL: "https://user:t6@example.org",
      TOKEN_FILE: "/run/secrets/token",
      USE_TOKEN: "true",
      PATH: "/bin",
      EMPTY_TOKEN: "",
    }),
  ).toEqual(["t1", "t2", "t3", "t4", "t5", "https://user:t6@example.org"]);
});

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
      runAttempt: undefined,
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

  test.each([
    ["1", 1],
    ["12", 12],
    ["", undefined],
    ["0", undefined],
    ["1e3", undefined],
    ["two", undefined],
  ])("counts the attempt %j", (text, runAttempt) => {
    const environment = readEnvironment({
      GITHUB_REPOSITORY: "octo/lab",
      GITHUB_RUN_ATTEMPT: text,
    });
    expect(environment.runAttempt).toBe(runAttempt);
  });

  test.each([undefined, "", "octo", "octo/lab/x", "octo/ lab", "../lab/.."])(
    "outside a workflow is refused: %j",
    (repository) => {
      expect(() => readEnvironment({ GITHUB_REPOSITORY: repository })).toThrow(InputError);
    },
  );
});

describe("the secrets of a run", () => {
  test("are the values of variables named like secrets, each once", () => {
    expect(
      readSecrets({
        GITHUB_TOKEN: "t1",
        INPUT_TOKEN: "t1",
        ACTIONS_RUNTIME_TOKEN: "t2",
        AWS_ACCESS_KEY_ID: "t3",
        AWS_SECRET_ACCESS_KEY: "t4",
        WANDB_API_KEY: "t5",
        OPENAI_APIKEY: "t6",
        DB_PASSWORD: "correct horse",
        PROXY_TOKEN: "https://user:t7@example.org",
      }),
    ).toEqual(["t1", "t2", "t3", "t4", "t5", "t6", "correct horse", "https://user:t7@example.org"]);
  });

  test("are not what machine learning calls a token, nor places and switches", () => {
    expect(
      readSecrets({
        TOKENIZER_NAME: "bert-base-uncased-2",
        TOKENIZERS_PARALLELISM: "false",
        MAX_TOKENS: "4096",
        EOS_TOKEN: "<|endoftext|>",
        ACTIONS_ID_TOKEN_REQUEST_URL: "https://example.org/token1",
        SERVICE_TOKEN: "https://example.org/token1",
        VAULT_TOKEN: "/run/secrets/token1",
        USE_PASSWORD: "true",
        KEYBOARD: "us1",
        PATH: "/bin",
        GH_TOKEN: "",
        ABSENT_TOKEN: undefined,
      }),
    ).toEqual([]);
  });
});

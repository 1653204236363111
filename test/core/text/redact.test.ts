import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createRedactor,
  findOwnSecret,
  type RedactorOptions,
} from "../../../src/core/text/redact.ts";
import { findSecret } from "../../builders/find-secret.ts";
import { processorTime } from "../processor-time.ts";

// Assembled here, so that no scanner takes this file for a leak.
const alnum = (length: number) => "a1B2c3D4e5".repeat(30).slice(0, length);
const SHAPES: readonly (readonly [string, string])[] = [
  ["GitHub token", `ghp_${alnum(36)}`],
  ["GitHub token", `gho_${alnum(36)}`],
  ["GitHub token", `ghu_${alnum(36)}`],
  ["GitHub token", `ghs_${alnum(36)}`],
  ["GitHub token", `ghr_${alnum(36)}`],
  ["GitHub token", `github_pat_${alnum(22)}_${alnum(59)}`],
  ["AWS access key id", `AKIA${"ABCD2345".repeat(2)}`],
  ["AWS access key id", `ASIA${"ABCD2345".repeat(2)}`],
  ["Slack token", `xoxb-${alnum(12)}-${alnum(24)}`],
  ["Slack token", `xapp-1-${alnum(40)}`],
  ["API key", `sk-${alnum(48)}`],
  ["API key", `sk-proj-${alnum(40)}_${alnum(20)}`],
  ["API key", `sk-ant-api03-${alnum(90)}-AA`],
  ["Hugging Face token", `hf_${alnum(34)}`],
  ["Google API key", `AIza${alnum(35)}`],
  ["npm token", `npm_${alnum(36)}`],
  ["GitLab token", `glpat-${alnum(20)}`],
  ["JSON Web Token", `eyJ${alnum(30)}.eyJ${alnum(60)}.${alnum(43)}`],
  ["private key", `-----BEGIN RSA PRIVATE KEY-----\n${alnum(64)}\n-----END RSA PRIVATE KEY-----`],
  ["private key", `-----BEGIN OPENSSH PRIVATE KEY-----\n${alnum(64)}`],
];
const SURROUNDINGS = ["", " ", "=", '"', "'", ":", "(", "\n", "/", "--key=", "token "];

function redactorOf(overrides: Partial<RedactorOptions> = {}) {
  return createRedactor({
    repositoryRoot: "/home/ann/code/repo",
    home: "/home/ann",
    secrets: [],
    settings: { paths: true, patterns: [] },
    ...overrides,
  });
}

describe("known shapes of secrets", () => {
  test.each(SHAPES)("a %s is removed wherever it stands: %s", (name, secret) => {
    for (const around of SURROUNDINGS) {
      const text = `python train.py ${around}${secret}${around === "(" ? ")" : " "}--lr=3e-4`;
      const safe = redactorOf()(text);
      expect(safe).not.toContain(secret.slice(0, 60));
      expect(safe).toContain("[redacted]");
      expect(findSecret(text, [])?.name).toBe(name);
      expect(findSecret(safe, [])).toBeUndefined();
    }
  });

  test.each([
    ["https://ann:hunter22@example.org/a.git", "https://[redacted]@example.org/a.git"],
    ["redis://:hunter22@cache:6379", "redis://[redacted]@cache:6379"],
    ["Authorization: Bearer abcdef", "Authorization: Bearer [redacted]"],
    ["authorization: basic YW5uOmh1bnRlcg==", "authorization: basic [redacted]"],
    ['{"Authorization": "token abcdef"}', '{"Authorization": "token [redacted]"}'],
    ["curl -H 'X: Bearer abcdefghijklmnop'", "curl -H 'X: Bearer [redacted]'"],
    [
      `WANDB_API_KEY=${"0123456789abcdef".repeat(2)} python a.py`,
      "WANDB_API_KEY=[redacted] python a.py",
    ],
    [`aws_secret_access_key = ${alnum(40)}`, "aws_secret_access_key = [redacted]"],
    [`"SecretAccessKey": "${alnum(40)}"`, '"SecretAccessKey": "[redacted]"'],
    ["https://hooks.slack.com/services/T000/B000/abcdefgh", "https://hooks.slack.com/[redacted]"],
  ])("%s becomes %s", (text, safe) => {
    expect(redactorOf()(text)).toBe(safe);
    expect(findSecret(text, [])).toBeDefined();
    expect(findSecret(safe, [])).toBeUndefined();
  });

  test.each([
    "python train.py --lr=3e-4 --tokenizer=sk-learn --mask-ratio=0.15",
    "disk-0123456789012345678901234567890",
    "https://github.com/owner/repo/commit/0123456789abcdef0123456789abcdef01234567",
    "ssh://git@github.com/owner/repo.git",
    "MAX_TOKEN=512 NUM_SECRET=3",
    "sha 0123456789abcdef0123456789abcdef01234567",
    "eyJhbGciOiJIUzI1NiJ9",
    "AKIA2345",
    "bearer of bad news",
    "examples.ljspeech.TaskConfig",
    "-----BEGIN CERTIFICATE-----",
  ])("ordinary text stays: %s", (text) => {
    expect(redactorOf()(text)).toBe(text);
    expect(findSecret(text, [])).toBeUndefined();
  });
});

describe("the run's own secrets", () => {
  const secret = "c0rrect/horse+battery=staple ü";
  const plainBytes = fc.uint8Array({ maxLength: 7 });

  test("are removed in plain, URL, JSON, hex and base64 spelling, with any neighbours", () => {
    const safe = redactorOf({ secrets: [secret] });
    fc.assert(
      fc.property(plainBytes, plainBytes, (before, after) => {
        const bytes = Buffer.concat([before, Buffer.from(secret), after]);
        for (const text of [
          `a ${secret} b`,
          `a?k=${encodeURIComponent(secret)}&b`,
          JSON.stringify({ a: secret }),
          bytes.toString("hex"),
          bytes.toString("hex").toUpperCase(),
          bytes.toString("base64"),
          bytes.toString("base64url"),
        ]) {
          expect(safe(text)).toContain("[redacted]");
          expect(findSecret(text, [secret])).toMatchObject({ name: "a secret of this run" });
          expect(findSecret(safe(text), [secret])).toBeUndefined();
        }
      }),
    );
  });

  test("shorter than eight characters are words, not secrets", () => {
    expect(redactorOf({ secrets: ["epoch", "  seven77  "] })("epoch seven77")).toBe(
      "epoch seven77",
    );
    expect(findSecret("epoch", ["epoch", ""])).toBeUndefined();
  });

  test("the longer of two secrets goes first, so that nothing of it is left", () => {
    const safe = redactorOf({ secrets: ["password", "password-and-more"] });
    expect(safe("x password-and-more y")).toBe("x [redacted] y");
  });

  test("a secret is found in bytes, and never named by its value", () => {
    const found = findOwnSecret(new TextEncoder().encode(`a,b\n${secret}`), [secret]);
    expect(found).toEqual({ name: "a secret of this run", index: 4 });
  });
});

describe("paths", () => {
  test.each([
    ["/home/ann/code/repo/runs/7", "runs/7"],
    ["/home/ann/code/repo", "."],
    ["/home/ann/code/repo/", "."],
    ["/home/ann/data/x.npy", "~/data/x.npy"],
    ["/home/ann", "~"],
    ["a=/home/ann/code/repo/c.yml:/home/ann/d", "a=c.yml:~/d"],
    ["'/home/ann/code/repo/a b' /home/ann/c", "'a b' ~/c"],
    ["file:///home/ann/x", "file://~/x"],
    ["/home/anna/x", "/home/anna/x"],
    ["/mnt/home/ann/x", "/mnt/home/ann/x"],
    ["/home/ann.old/x", "/home/ann.old/x"],
    ["/home/ann/code/repository/x", "~/code/repository/x"],
    ["/mnt/data/x", "/mnt/data/x"],
    ["https://host/home/ann/x", "https://host/home/ann/x"],
    ["(/home/ann)", "(~)"],
  ])("%s becomes %s", (path, safe) => {
    expect(redactorOf()(path)).toBe(safe);
  });

  test("both separators of Windows, and JSON's doubled ones, are understood", () => {
    const safe = redactorOf({ repositoryRoot: "C:\\Users\\ann\\repo", home: "C:\\Users\\ann\\" });
    expect(safe("C:\\Users\\ann\\repo\\runs\\7")).toBe("runs\\7");
    expect(safe("C:/Users/ann/x")).toBe("~/x");
    expect(safe('"C:\\\\Users\\\\ann\\\\repo\\\\x"')).toBe('"x"');
  });

  test("stay whole with redact.paths off, and when the root is the whole disk", () => {
    const text = "/home/ann/x /home/ann/code/repo/y";
    expect(redactorOf({ settings: { paths: false, patterns: [] } })(text)).toBe(text);
    expect(redactorOf({ repositoryRoot: "/", home: "" })(text)).toBe(text);
    expect(redactorOf({ repositoryRoot: undefined, home: undefined })(text)).toBe(text);
  });
});

test("words that match a pattern of session.yml are removed, other words stay", () => {
  const safe = redactorOf({ settings: { paths: true, patterns: ["*.corp.example", "--user=*"] } });
  expect(safe("run on gpu01.corp.example --user=ann --lr=1")).toBe(
    "run on [redacted] [redacted] --lr=1",
  );
});

const PIECES = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...SHAPES.map(([, secret]) => secret),
        "/home/ann",
        "/code/repo",
        "://",
        ":",
        "@",
        "=",
        "TOKEN",
        "eyJ",
        "Bearer ",
        "authorization",
        "[redacted]",
        "sk-",
        "own-secret-value",
        " ",
        "\n",
      ),
      fc.string({ maxLength: 6 }),
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(""));

test("what was redacted holds no secret, and redacting again changes nothing", () => {
  const secrets = ["own-secret-value"];
  const safe = redactorOf({ secrets });
  fc.assert(
    fc.property(PIECES, (text) => {
      const once = safe(text);
      expect(findSecret(once, secrets)).toBeUndefined();
      expect(safe(once)).toBe(once);
    }),
    { numRuns: 20_000 },
  );
});

test("a shape that appears only once a path before it is short is removed too", () => {
  const text = `Bearer /home/ann\\0sk-ant-${alnum(90)}`;
  const once = redactorOf({})(text);
  expect(once).toBe("Bearer [redacted]");
});

test("time grows with the length of the text, not with its square", () => {
  const safe = redactorOf({ secrets: ["own-secret-value"] });
  for (const seed of [
    "eyJ",
    "eyJaaaaaaaa.",
    "sk-",
    "-----BEGIN RSA PRIVATE KEY-----",
    "://a:",
    "authorization ",
    "Bearer ",
    "A_TOKEN=",
    "A",
    "github_pat_",
    "/home/ann/",
    "secret_access_key ",
    " ",
  ]) {
    const text = seed.repeat(Math.ceil(1_000_000 / seed.length));
    expect(
      processorTime(() => safe(text)),
      JSON.stringify(seed),
    ).toBeLessThan(1000);
  }
});

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildGitEnvironment, buildRemoteConfig } from "../../../src/adapters/git/environment.ts";
import { assertBranchName, assertRemoteUrl } from "../../../src/adapters/git/names.ts";
import { LOG_PATH, openWorld, parseRows, setRows, type World } from "../store/world.ts";

const TOKEN = "ghs_canary0123456789";
const FORMS = [TOKEN, Buffer.from(`x-access-token:${TOKEN}`).toString("base64")];

let world: World;

beforeEach(async () => {
  world = await openWorld({ [LOG_PATH]: "experiment_id,objective_value\nfirst,1\n" });
  world.github.addToken(TOKEN, {
    login: "github-actions[bot]",
    type: "Bot",
    permissions: { contents: "write", metadata: "read" },
  });
});
afterEach(() => world.close());

function readCommandLines(): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")];
      } catch (error) {
        // The process ended between the listing and the reading.
        if (error instanceof Error && "code" in error) return [];
        throw error;
      }
    });
}

describe("the token", () => {
  it("is in no command line while git runs, and in no file afterwards", async () => {
    const seen = new Set<string>();
    const sampler = setInterval(() => {
      for (const line of readCommandLines()) seen.add(line);
    }, 3);
    const store = world.store("git", { token: TOKEN });
    expect((await store.update("default", setRows({ b: "2" }))).kind).toBe("committed");
    clearInterval(sampler);
    const ours = [...seen].filter((line) => line.includes(world.repo.cloneUrl));
    expect(ours.some((line) => line.includes(" push "))).toBe(true);
    for (const form of FORMS) {
      expect([...seen].filter((line) => line.includes(form))).toEqual([]);
      expect(grep(form, world.tempDir)).toBe("");
    }
  });

  it("reaches no other address than the repository's", () => {
    const config = buildRemoteConfig("https://github.com/o/r", TOKEN);
    const carrying = config.filter(([, value]) => FORMS.some((form) => value.includes(form)));
    expect(carrying.map(([key]) => key)).toEqual(["http.https://github.com/o/r.extraHeader"]);
    expect(buildRemoteConfig("git@github.com:o/r.git", TOKEN).join()).not.toContain(FORMS[1]);
  });

  it("replaces credentials that the machine's configuration holds", async () => {
    const home = join(world.tempDir, "home");
    await mkdir(home);
    const wrong = "AUTHORIZATION: basic d3Jvbmc6d3Jvbmc=";
    await writeFile(
      join(home, ".gitconfig"),
      `[http "${world.github.url}/lab"]\n\textraHeader = ${wrong}\n[credential]\n\thelper = "!touch '${world.tempDir}/asked'; false"\n`,
    );
    const env = { PATH: process.env["PATH"], HOME: home };
    const store = world.store("git", { token: TOKEN, env });
    expect((await store.update("default", setRows({ b: "2" }))).kind).toBe("committed");
    await expect(
      world.store("git", { token: "ghs_unknown", env }).update("default", setRows({ c: "3" })),
    ).rejects.toMatchObject({ exitCode: 5, status: 401 });
    expect(readdirSync(world.tempDir)).not.toContain("asked");
    expect(parseRows(await world.repo.readFile("main", LOG_PATH)).get("b")).toBe("2");
  });
});

describe("git's environment", () => {
  it("is an allow-list: proxies and certificates pass, secrets and traces do not", () => {
    const env = buildGitEnvironment(
      {
        PATH: "/bin",
        HOME: "/home/a",
        https_proxy: "http://proxy",
        GIT_SSL_CAINFO: "/ca.pem",
        GITHUB_TOKEN: TOKEN,
        INPUT_TOKEN: TOKEN,
        ACTIONS_RUNTIME_TOKEN: TOKEN,
        GIT_TRACE_CURL: "1",
        GIT_DIR: "/elsewhere",
        GIT_SSH_COMMAND: "evil",
      },
      [["core.hooksPath", "/dev/null"]],
    );
    expect(env).toMatchObject({
      PATH: "/bin",
      HOME: "/home/a",
      https_proxy: "http://proxy",
      GIT_SSL_CAINFO: "/ca.pem",
      GIT_TERMINAL_PROMPT: "0",
      GIT_ASKPASS: "",
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "core.hooksPath",
      GIT_CONFIG_VALUE_0: "/dev/null",
    });
    expect(Object.values(env)).not.toContain(TOKEN);
    for (const name of ["GIT_TRACE_CURL", "GIT_DIR", "GIT_SSH_COMMAND"])
      expect(env).not.toHaveProperty(name);
  });
});

describe("names from outside", () => {
  it.each(["main", "experiment-monitor/a", "release/1.2_x", "ünïcode"])(
    "%j is a branch",
    (name) => {
      expect(assertBranchName(name)).toBe(name);
    },
  );

  it.each([
    "",
    "-d",
    "a..b",
    "a b",
    "a:b",
    "a~1",
    "a^",
    "a?*",
    "a[b",
    "a\\b",
    "a.lock",
    "/a",
    "a/",
    "a//b",
    "a/.b",
    "@",
    "a@{1}",
    "a\n",
  ])("%j is no branch", (name) => {
    expect(() => assertBranchName(name)).toThrow(/is not a branch name/);
  });

  it.each(["https://x:secret@github.com/o/r", "--upload-pack=evil", "", "a\nb"])(
    "%j is no address",
    (url) => {
      expect(() => assertRemoteUrl(url)).toThrow(/address/);
    },
  );
});

/** Files under a folder that hold the text, compressed objects included as far as grep sees. */
function grep(text: string, folder: string): string {
  try {
    return execFileSync("grep", ["-rlaF", text, folder], { encoding: "utf8" });
  } catch (error) {
    // Status 1 is grep's "found nothing".
    if (error instanceof Error && "status" in error && error.status === 1) return "";
    throw error;
  }
}

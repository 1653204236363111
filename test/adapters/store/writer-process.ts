/** A writer in a process of its own, so that it can be killed: `node writer.mjs <JSON of WriterOrder>`. */
import { createGitRemote } from "../../../src/adapters/git/remote.ts";
import { createGitHubClient } from "../../../src/adapters/github/client.ts";
import { createApiRemote } from "../../../src/adapters/github/remote.ts";
import { createCasLogStore } from "../../../src/adapters/store/cas-log-store.ts";
import { assertKeepsRows, createQuickClock, mergeRows, setRows } from "./rows.ts";

export interface WriterOrder {
  readonly transport: "api" | "git";
  readonly apiUrl: string;
  readonly cloneUrl: string;
  readonly token: string;
  readonly tempDir: string;
  readonly rows: Readonly<Record<string, string>>;
}

const order = JSON.parse(process.argv[2] ?? "{}") as WriterOrder;
const clock = createQuickClock();
const remote = order.transport === "git" ? openGit() : openApi();
const store = createCasLogStore({
  remote,
  clock,
  experimentsDir: "experiments",
  commit: "push",
  dryRun: false,
  onProgress: () => undefined,
  assertSafe: assertKeepsRows,
  mergeFiles: mergeRows,
});
await store.update("default", setRows(order.rows));

function openGit() {
  const { cloneUrl: url, token, tempDir } = order;
  const identity = { name: "Monitor", email: "monitor@example.org" };
  return createGitRemote({
    url,
    token,
    experimentsDir: "experiments",
    tempDir,
    identity,
    env: process.env,
    clock,
  });
}

function openApi() {
  const { apiUrl, token } = order;
  const client = createGitHubClient({
    token,
    apiUrl,
    userAgent: "test",
    clock,
    onWait: () => undefined,
  });
  return createApiRemote({
    client,
    owner: "lab",
    repo: "loop",
    experimentsDir: "experiments",
    maxBytes: 5_000_000,
  });
}

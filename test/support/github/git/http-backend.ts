import { spawn } from "node:child_process";
import type { Incoming, Reply } from "../http.ts";
import type { Repo } from "../state.ts";
import { GIT_ENVIRONMENT } from "./run-git.ts";

function parseCgi(output: Buffer): Reply {
  const crlf = output.indexOf("\r\n\r\n");
  const split = crlf < 0 ? output.indexOf("\n\n") : crlf;
  const headers: Record<string, string> = {};
  let status = 200;
  for (const line of output.subarray(0, split).toString().split(/\r?\n/)) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === "status") status = Number.parseInt(value, 10);
    else if (name !== "") headers[name] = value;
  }
  return { status, headers, body: output.subarray(split + (crlf < 0 ? 2 : 4)) };
}

/** Answers one smart HTTP request by git's own `git http-backend`. */
export function serveGit(
  repo: Repo,
  incoming: Incoming,
  service: string,
  login: string,
): Promise<Reply> {
  const header = (name: string): Record<string, string> => {
    const value = incoming.headers[name];
    return typeof value === "string"
      ? { [`HTTP_${name.toUpperCase().replaceAll("-", "_")}`]: value }
      : {};
  };
  const env = {
    ...GIT_ENVIRONMENT,
    GIT_PROJECT_ROOT: repo.git.dir,
    GIT_HTTP_EXPORT_ALL: "1",
    PATH_INFO: `/${service}`,
    REQUEST_METHOD: incoming.method,
    QUERY_STRING: incoming.query.toString(),
    CONTENT_TYPE: String(incoming.headers["content-type"] ?? ""),
    CONTENT_LENGTH: String(incoming.body.length),
    REMOTE_USER: login,
    REMOTE_ADDR: "127.0.0.1",
    GIT_PROTOCOL: String(incoming.headers["git-protocol"] ?? ""),
    ...header("content-encoding"),
    ...header("git-protocol"),
  };
  return new Promise((resolve, reject) => {
    const child = spawn("git", ["http-backend"], { env });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.stdin.on("error", () => undefined);
    child.on("close", () => resolve(parseCgi(Buffer.concat(chunks))));
    child.stdin.end(incoming.body);
  });
}

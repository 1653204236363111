import { authenticate, canSee, hasPermission, roleAtLeast } from "../access.ts";
import type { Incoming, Reply } from "../http.ts";
import { Problem } from "../problem.ts";
import { GIT_PATH } from "../record.ts";
import { syncPullRefs } from "../services/pulls.ts";
import type { Repo, Token, World } from "../state.ts";
import { serveGit } from "./http-backend.ts";

function plain(status: number, text: string, headers: Record<string, string> = {}): Reply {
  const type = { "content-type": "text/plain; charset=utf-8" };
  return { status, headers: { ...type, ...headers }, body: Buffer.from(text) };
}

function mayPush(token: Token, repo: Repo): boolean {
  if (token.repositories && !token.repositories.includes(repo.fullName)) return false;
  if (!hasPermission(token, ["contents"], "write")) return false;
  return token.account.type === "Bot" || roleAtLeast(repo.role(token.account), "write");
}

/** Answers git: no token 401, an unseen repository 404, a token that may not push 403. */
export async function serveGitRequest(world: World, incoming: Incoming): Promise<Reply> {
  const [, owner = "", name = "", service = ""] = GIT_PATH.exec(incoming.path) ?? [];
  const challenge = { "www-authenticate": 'Basic realm="GitHub"' };
  let token: Token | undefined;
  try {
    token = authenticate(world, incoming.headers.authorization);
  } catch (error) {
    if (error instanceof Problem) return plain(401, "Invalid username or token.", challenge);
    throw error;
  }
  const repo = world.repo(owner, name);
  const writes =
    service === "git-receive-pack" || incoming.query.get("service") === "git-receive-pack";
  if (!token && (writes || !repo || repo.isPrivate)) {
    return plain(401, "No anonymous write access.", challenge);
  }
  if (!repo || !canSee(token, repo)) return plain(404, "Repository not found.");
  if (repo.isPrivate && !hasPermission(token, ["contents"], "read")) {
    return plain(403, "Write access to repository not granted.");
  }
  if (token && writes && !mayPush(token, repo)) {
    const who = token.account.login;
    return plain(403, `Permission to ${repo.fullName}.git denied to ${who}.`);
  }
  if (service === "info/refs") await syncPullRefs(world, repo);
  const reply = await serveGit(repo, incoming, service, token?.account.login ?? "");
  // git repeats a request by itself when a kept connection breaks; on a new one it reports the break.
  return { ...reply, headers: { ...reply.headers, connection: "close" } };
}

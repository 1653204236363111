import { requirePermission, requireRole } from "../access.ts";
import { diffFiles } from "../git/diff.ts";
import { jsonReply } from "../http.ts";
import { invalid, notFound } from "../problem.ts";
import { checkBody } from "../services/comments.ts";
import type { PullRequest } from "../services/pulls.ts";
import {
  asPull,
  baseSha,
  createPull,
  headSha,
  setPullState,
  syncPullRefs,
} from "../services/pulls.ts";
import type { Repo, World } from "../state.ts";
import {
  type Handlers,
  numberParam,
  paginate,
  type RestCall,
  repoOf,
  stringField,
} from "./route.ts";
import { diffEntry } from "./serialize-git.ts";
import { pullSimple } from "./serialize-issue.ts";
import { type Json, repoUrl } from "./serialize-repo.ts";

function findPull(call: RestCall, repo: Repo): PullRequest {
  const pull = asPull(repo.issues.get(numberParam(call, "pull_number")));
  if (!pull) throw notFound();
  return pull;
}

type Ends = { head: string; base: string };

async function ends(world: World, repo: Repo, pull: PullRequest): Promise<Ends> {
  await syncPullRefs(world, repo);
  const [head, tip] = [await headSha(world, repo, pull), await baseSha(repo, pull)];
  return { head, base: (await repo.git.mergeBase(tip, head)) ?? tip };
}

/** A `pull-request` with what its diff says. */
async function fullPull(world: World, repo: Repo, pull: PullRequest): Promise<Json> {
  const { base, head } = await ends(world, repo, pull);
  const files = head === "" ? [] : await diffFiles(repo.git, base, head);
  const merged = pull.pull.mergedAt !== undefined;
  return {
    ...(await pullSimple(world, repo, pull)),
    merged,
    mergeable: pull.state === "open" ? true : null,
    mergeable_state: pull.state === "open" ? "clean" : "unknown",
    merged_by: null,
    comments: repo.commentsOf(pull.number).length,
    review_comments: 0,
    maintainer_can_modify: false,
    rebaseable: null,
    commits: head === "" ? 0 : (await repo.git.revList(`${base}..${head}`)).length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

/** The `head` filter counts only with an owner; without one GitHub ignores it. */
function headFilter(call: RestCall): (pull: PullRequest) => boolean {
  const [owner, branch] = (call.query.get("head") ?? "").split(/:(.*)/s);
  if (!owner || !branch) return () => true;
  return ({ pull }) =>
    pull.headRef === branch && pull.headRepo.split("/")[0]?.toLowerCase() === owner.toLowerCase();
}

export const pullHandlers: Handlers = {
  "pulls/list": async (call) => {
    const repo = repoOf(call);
    requirePermission(call.token, repo, ["pull_requests"], "read");
    const state = call.query.get("state") ?? "open";
    const base = call.query.get("base");
    const matching = [...repo.issues.values()]
      .map(asPull)
      .filter((pull) => pull !== undefined)
      .filter((pull) => state === "all" || pull.state === state)
      .filter((pull) => base === null || pull.pull.baseRef === base)
      .filter(headFilter(call));
    const ascending = (call.query.get("direction") ?? "desc") === "asc";
    const { items, headers } = paginate(call, ascending ? matching : matching.reverse());
    const pulls = await Promise.all(items.map((pull) => pullSimple(call.world, repo, pull)));
    return jsonReply(200, pulls, headers);
  },
  "pulls/get": async (call) => {
    const repo = repoOf(call);
    requirePermission(call.token, repo, ["pull_requests"], "read");
    return jsonReply(200, await fullPull(call.world, repo, findPull(call, repo)));
  },
  "pulls/create": async (call) => {
    const repo = repoOf(call);
    requirePermission(call.token, repo, ["pull_requests"], "write");
    if (!call.token) throw notFound();
    const [title, body] = [stringField(call, "title"), stringField(call, "body")];
    if (title === "") {
      throw invalid({ resource: "PullRequest", code: "missing_field", field: "title" });
    }
    if (body !== "") checkBody("PullRequest", body);
    const pull = await createPull(call.world, repo, call.token, {
      title,
      body: typeof call.body["body"] === "string" ? body : null,
      head: stringField(call, "head"),
      base: stringField(call, "base"),
      draft: call.body["draft"] === true,
    });
    const location = `${repoUrl(call.world, repo)}/pulls/${pull.number}`;
    return jsonReply(201, await fullPull(call.world, repo, pull), { location });
  },
  "pulls/update": async (call) => {
    const repo = repoOf(call);
    const pull = findPull(call, repo);
    requirePermission(call.token, repo, ["pull_requests"], "write");
    if (!call.token) throw notFound();
    requireRole(call.token, repo, pull.account.id === call.token.account.id ? "read" : "write");
    const { title, body, state, base } = call.body;
    if (typeof title === "string") pull.title = title;
    if (typeof body === "string") {
      if (body !== "") checkBody("PullRequest", body);
      pull.body = body;
    }
    if (typeof base === "string") pull.pull.baseRef = base;
    if (state === "open" || state === "closed") {
      await setPullState(call.world, repo, pull, state);
    }
    pull.updatedAt = new Date();
    return jsonReply(200, await fullPull(call.world, repo, pull));
  },
  "pulls/list-files": async (call) => {
    const repo = repoOf(call);
    requirePermission(call.token, repo, ["pull_requests"], "read");
    const { base, head } = await ends(call.world, repo, findPull(call, repo));
    const { items, headers } = paginate(call, await diffFiles(repo.git, base, head));
    return jsonReply(
      200,
      items.map((file) => diffEntry(call.world, repo, head, file)),
      headers,
    );
  },
};

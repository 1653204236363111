import { nodeId, timestamp } from "../ids.ts";
import type { Account, Repo, Role, Token, World } from "../state.ts";

export type Json = Record<string, unknown>;

/** A `simple-user`; `[bot]` is percent-encoded in addresses. */
export function user(world: World, account: Account): Json {
  const handle = encodeURIComponent(account.login);
  const url = `${world.baseUrl}/users/${handle}`;
  const site = account.type === "Bot" ? `apps/${account.login.replace("[bot]", "")}` : handle;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type === "Bot" ? "BOT" : "U", account.id),
    avatar_url: `${world.baseUrl}/avatars/u/${account.id}?v=4`,
    gravatar_id: "",
    url,
    html_url: `${world.baseUrl}/${site}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: "public",
    site_admin: false,
  };
}

/** A `public-user`. */
export function publicUser(world: World, account: Account): Json {
  return {
    ...user(world, account),
    name: account.login,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: "2020-01-01T00:00:00Z",
    updated_at: "2020-01-01T00:00:00Z",
  };
}

const TEMPLATES: Readonly<Record<string, string>> = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
};

export function repoUrl(world: World, repo: Repo): string {
  return `${world.baseUrl}/repos/${repo.fullName}`;
}

export function htmlUrl(world: World, repo: Repo): string {
  return `${world.baseUrl}/${repo.fullName}`;
}

/** The repository as it appears inside pull requests. */
export function repository(world: World, repo: Repo): Json {
  const url = repoUrl(world, repo);
  const html = htmlUrl(world, repo);
  const openIssues = [...repo.issues.values()].filter((issue) => issue.state === "open").length;
  const addresses = Object.entries(TEMPLATES).map(([key, suffix]) => [key, `${url}${suffix}`]);
  return {
    id: repo.id,
    node_id: nodeId("R", repo.id),
    name: repo.name,
    full_name: repo.fullName,
    private: repo.isPrivate,
    visibility: repo.visibility,
    owner: user(world, repo.owner),
    html_url: html,
    description: null,
    fork: false,
    url,
    ...Object.fromEntries(addresses),
    clone_url: `${html}.git`,
    git_url: `git:${html.replace(/^http:/, "")}.git`,
    ssh_url: `git@127.0.0.1:${repo.fullName}.git`,
    svn_url: html,
    default_branch: repo.defaultBranch,
    ...COUNTS,
    open_issues: openIssues,
    open_issues_count: openIssues,
    created_at: timestamp(repo.createdAt),
    updated_at: timestamp(repo.createdAt),
    pushed_at: timestamp(repo.createdAt),
  };
}

const COUNTS = {
  forks: 0,
  forks_count: 0,
  stargazers_count: 0,
  watchers: 0,
  watchers_count: 0,
  size: 0,
  has_issues: true,
  has_projects: true,
  has_wiki: true,
  has_pages: false,
  has_downloads: true,
  has_discussions: false,
  homepage: null,
  language: null,
  archived: false,
  disabled: false,
  mirror_url: null,
  license: null,
  allow_forking: true,
  is_template: false,
  web_commit_signoff_required: false,
  topics: [],
};

/** What the roles are in the older `permissions` booleans. */
export function rolePermissions(role: Role): Record<string, boolean> {
  const order: Role[] = ["read", "triage", "write", "maintain", "admin"];
  const rank = order.indexOf(role);
  const names = ["pull", "triage", "push", "maintain", "admin"];
  return Object.fromEntries(names.map((name, index) => [name, rank >= index]));
}

/** A `full-repository`, as `GET /repos/{owner}/{repo}` answers. */
export function fullRepository(world: World, repo: Repo, token: Token | undefined): Json {
  const permissions =
    token?.account.type === "User"
      ? { permissions: rolePermissions(repo.role(token.account)) }
      : {};
  return { ...repository(world, repo), ...permissions, network_count: 0, subscribers_count: 0 };
}

import type { BareRepo } from "./git/bare-repo.ts";
import { writeProtection } from "./git/protection.ts";
import { git, gitLine, tryGit } from "./git/run-git.ts";
import { commentHtmlUrl, issueHtmlUrl } from "./rest/serialize-issue.ts";
import { editComment, storeComment } from "./services/comments.ts";
import { storeIssue, transferIssue } from "./services/issues.ts";
import { asPull, mergePull, setPullState, storePull } from "./services/pulls.ts";
import { seedCommit } from "./services/refs.ts";
import type { Comment, Issue, ProtectionKind, Repo, Role, World } from "./state.ts";

export type Files = Readonly<Record<string, string | Buffer | null>>;
export type LogEntry = { oid: string; subject: string; author: string; parents: string[] };

/** A repository as tests hold it: they seed and read it past the API. */
export class RepoHandle {
  readonly owner: string;
  readonly name: string;
  readonly fullName: string;
  readonly id: number;
  readonly defaultBranch: string;
  /** Where git clones from and pushes to. */
  readonly cloneUrl: string;
  /** The bare repository's folder. */
  readonly dir: string;
  readonly #world: World;
  readonly #repo: Repo;

  constructor(world: World, repo: Repo) {
    this.#world = world;
    this.#repo = repo;
    this.owner = repo.owner.login;
    this.name = repo.name;
    this.fullName = repo.fullName;
    this.id = repo.id;
    this.defaultBranch = repo.defaultBranch;
    this.cloneUrl = `${world.baseUrl}/${repo.fullName}.git`;
    this.dir = repo.git.dir;
  }

  get #git(): BareRepo {
    return this.#repo.git;
  }

  /** Commits on the branch's newest head; `null` removes a file; a new branch starts empty or at `from`. */
  async commitFiles(branch: string, files: Files, message = "Change files"): Promise<string> {
    const changes = Object.entries(files).map(([path, content]) => ({
      path,
      content: content === null ? undefined : Buffer.from(content as string),
    }));
    return seedCommit(this.#repo, branch, changes, message);
  }

  /** Creates a branch at another's head. */
  async createBranch(name: string, from: string = this.defaultBranch): Promise<void> {
    await git(this.dir, ["branch", name, from]);
  }

  async deleteBranch(name: string): Promise<void> {
    await git(this.dir, ["update-ref", "-d", `refs/heads/${name}`]);
  }

  async readFile(branch: string, path: string): Promise<Buffer | undefined> {
    return (await this.#git.object(`refs/heads/${branch}:${path}`))?.content;
  }

  /** Paths of all files on a branch. */
  async listFiles(branch: string): Promise<string[]> {
    const entries = await this.#git.tree(`refs/heads/${branch}`, true);
    return entries.filter((entry) => entry.type === "blob").map((entry) => entry.path);
  }

  /** Commits of a branch, newest first. */
  async log(branch: string): Promise<LogEntry[]> {
    const format = "--format=%H%x1f%s%x1f%an%x1f%P";
    const result = await tryGit(this.dir, ["log", format, `refs/heads/${branch}`]);
    if (result.code !== 0) return [];
    return result.stdout
      .toString()
      .split("\n")
      .filter(Boolean)
      .map((line) => {
        const [oid = "", subject = "", author = "", parents = ""] = line.split("\x1f");
        return { oid, subject, author, parents: parents.split(" ").filter(Boolean) };
      });
  }

  head(branch: string = this.defaultBranch): Promise<string | undefined> {
    return this.#git.head(branch);
  }

  /** Names of all branches. */
  async branches(): Promise<string[]> {
    const refs = await this.#git.refs("refs/heads/");
    return [...refs.keys()].map((ref) => ref.replace("refs/heads/", ""));
  }

  /** Fails when the repository is damaged; dangling objects of lost races are fine. git cannot look at one that is written to. */
  async fsck(): Promise<void> {
    await this.#world.settled();
    await gitLine(this.dir, ["fsck", "--strict", "--no-dangling"]);
  }

  createIssue(facts: { title: string; body?: string; user?: string }): Issue {
    const account = this.#world.account(facts.user ?? this.owner);
    return storeIssue(this.#world, this.#repo, account, {
      title: facts.title,
      body: facts.body ?? null,
    });
  }

  createPull(facts: {
    title: string;
    head: string;
    base?: string;
    body?: string;
    user?: string;
    /** `owner/name` of the fork the head lies in. */
    headRepo?: string;
    draft?: boolean;
  }): Promise<Issue> {
    const { headRepo, head } = facts;
    const forkOwner = headRepo?.split("/")[0];
    return storePull(this.#world, this.#repo, this.#world.account(facts.user ?? this.owner), {
      title: facts.title,
      body: facts.body ?? null,
      head: forkOwner === undefined ? head : `${forkOwner}:${head}`,
      headRepo,
      base: facts.base ?? this.defaultBranch,
      draft: facts.draft ?? false,
    });
  }

  async mergePull(number: number): Promise<string> {
    return mergePull(this.#world, this.#repo, this.#pull(number));
  }

  async closePull(number: number): Promise<void> {
    await setPullState(this.#world, this.#repo, this.#pull(number), "closed");
  }

  #pull(number: number): NonNullable<ReturnType<typeof asPull>> {
    const pull = asPull(this.#repo.issues.get(number));
    if (!pull) throw new Error(`there is no pull request ${number}`);
    return pull;
  }

  /** Issues and pull requests, oldest first. */
  issues(): Issue[] {
    return [...this.#repo.issues.values()];
  }

  /** A comment as somebody leaves it; of a deleted account: `user: "ghost"`. */
  addComment(
    issueNumber: number,
    facts: { user: string; body: string; createdAt?: string },
  ): Comment {
    const { user, body, createdAt } = facts;
    return storeComment(this.#world, this.#repo, this.#issue(issueNumber), {
      account: this.#world.account(user),
      body,
      createdAt: createdAt === undefined ? undefined : new Date(createdAt),
      lagMs: 0,
    });
  }

  /** Changes a comment as its author may. */
  editComment(id: number, body: string): void {
    const comment = this.#repo.comments.get(id);
    if (!comment) throw new Error(`there is no comment ${id}`);
    editComment(comment, body);
  }

  /** Moves an issue with its comments to another repository; answers the issue there. */
  transferIssue(issueNumber: number, to: RepoHandle): Issue {
    return transferIssue(this.#world, this.#repo, this.#issue(issueNumber), to.#repo);
  }

  /** Contents of the reactions to a comment, as `login content`, oldest first. */
  reactions(commentId: number): string[] {
    const reactions = this.#repo.comments.get(commentId)?.reactions ?? [];
    return reactions.map(({ account, content }) => `${account.login} ${content}`);
  }

  /** The page of an issue, a pull request or one of its comments. */
  pageOf(issueNumber: number, comment?: Comment): string {
    if (comment) return commentHtmlUrl(this.#world, this.#repo, comment);
    return issueHtmlUrl(this.#world, this.#repo, this.#issue(issueNumber));
  }

  /** An issue's comments, oldest first. */
  comments(issueNumber: number): Comment[] {
    return this.#repo.commentsOf(issueNumber);
  }

  deleteComment(id: number): void {
    this.#repo.comments.delete(id);
  }

  lock(issueNumber: number, locked = true): void {
    this.#issue(issueNumber).locked = locked;
  }

  #issue(number: number): Issue {
    const issue = this.#repo.issues.get(number);
    if (!issue) throw new Error(`there is no issue ${number}`);
    return issue;
  }

  /** Makes pushes and API writes to a branch fail as a protected branch (GH006) or a ruleset (GH013). */
  async protect(branch: string, kind: ProtectionKind): Promise<void> {
    this.#repo.protection.set(branch, kind);
    await writeProtection(this.#repo, this.#world.baseUrl);
  }

  async unprotect(branch: string): Promise<void> {
    this.#repo.protection.delete(branch);
    await writeProtection(this.#repo, this.#world.baseUrl);
  }

  /** Gives somebody a role; `roleName`: under a name of the organisation's own. */
  setPermission(login: string, role: Role, roleName?: string): void {
    this.#world.account(login);
    this.#repo.roles.set(login.toLowerCase(), role);
    if (roleName === undefined) this.#repo.roleNames.delete(login.toLowerCase());
    else this.#repo.roleNames.set(login.toLowerCase(), roleName);
  }
}

import type { BareRepo } from "./git/bare-repo.ts";

export type AccountType = "User" | "Bot";
export type Account = { readonly id: number; readonly login: string; readonly type: AccountType };
/** A collaborator's role, as `role_name` of the permission route. */
export type Role = "none" | "read" | "triage" | "write" | "maintain" | "admin";
export type Visibility = "public" | "private" | "internal";
export type PermissionName = "contents" | "issues" | "pull_requests" | "metadata" | "actions";
export type Level = "read" | "write";

export type TokenSpec = {
  login: string;
  type: AccountType;
  permissions: Partial<Record<PermissionName, Level>>;
  /** `owner/name` of the repositories the token reaches; default: all. */
  repositories?: readonly string[];
};
export type Token = Omit<TokenSpec, "login" | "type"> & { readonly account: Account };

export type ProtectionKind = "GH006" | "GH013";
export type ReactionContent =
  | "+1"
  | "-1"
  | "laugh"
  | "confused"
  | "heart"
  | "hooray"
  | "rocket"
  | "eyes";
export type Reaction = { id: number; account: Account; content: ReactionContent; createdAt: Date };

export type Comment = {
  readonly id: number;
  issueNumber: number;
  readonly account: Account;
  readonly createdAt: Date;
  body: string;
  updatedAt: Date;
  /** When the text was changed last. */
  editedAt: Date | undefined;
  minimizedReason: string | undefined;
  reactions: Reaction[];
  /** Lists leave the comment out before this time (milliseconds). */
  readonly listedFrom: number;
};

export type PullFacts = {
  readonly id: number;
  readonly headRef: string;
  /** `owner/name`; another repository for a fork. */
  readonly headRepo: string;
  baseRef: string;
  draft: boolean;
  /** Frozen when the pull request closes; live before. */
  closedHeadSha: string | undefined;
  mergedAt: Date | undefined;
  mergeCommitSha: string | undefined;
};

export type Issue = {
  readonly id: number;
  readonly number: number;
  readonly account: Account;
  readonly createdAt: Date;
  title: string;
  body: string | null;
  state: "open" | "closed";
  updatedAt: Date;
  closedAt: Date | undefined;
  locked: boolean;
  lockReason: string | null;
  reactions: Reaction[];
  /** When it came from another repository. */
  transferredAt: Date | undefined;
  pull: PullFacts | undefined;
};

export type Limits = {
  /** Comments an issue takes before it refuses more. */
  commentCap: number;
  commentCapStatus: 403 | 422;
  /** How long a new comment is missing from lists. */
  listLagMs: number;
};

/** Everything one repository knows beside its git data. */
export class Repo {
  readonly createdAt = new Date();
  readonly roles = new Map<string, Role>();
  /** Names of the organisation's own roles, by login. */
  readonly roleNames = new Map<string, string>();
  /** Numbers of issues that went to another repository, and their addresses there. */
  readonly transferred = new Map<number, () => string>();
  readonly issues = new Map<number, Issue>();
  readonly comments = new Map<number, Comment>();
  readonly protection = new Map<string, ProtectionKind>();
  readonly id: number;
  readonly owner: Account;
  readonly name: string;
  readonly visibility: Visibility;
  readonly defaultBranch: string;
  readonly git: BareRepo;
  readonly actionsMayCreatePulls: boolean;

  constructor(facts: {
    id: number;
    owner: Account;
    name: string;
    visibility: Visibility;
    defaultBranch: string;
    git: BareRepo;
    actionsMayCreatePulls: boolean;
  }) {
    this.id = facts.id;
    this.owner = facts.owner;
    this.name = facts.name;
    this.visibility = facts.visibility;
    this.defaultBranch = facts.defaultBranch;
    this.git = facts.git;
    this.actionsMayCreatePulls = facts.actionsMayCreatePulls;
  }

  get fullName(): string {
    return `${this.owner.login}/${this.name}`;
  }

  /** Not everybody may read it. */
  get isPrivate(): boolean {
    return this.visibility !== "public";
  }

  /** The role of an account; everybody may read a public repository. */
  role(account: Account): Role {
    if (account.id === this.owner.id) return "admin";
    return this.roles.get(account.login.toLowerCase()) ?? (this.isPrivate ? "none" : "read");
  }

  /** Oldest first. */
  commentsOf(issueNumber: number, now?: number): Comment[] {
    return [...this.comments.values()]
      .filter(
        (comment) =>
          comment.issueNumber === issueNumber && (now === undefined || comment.listedFrom <= now),
      )
      .sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  }
}

const KNOWN_ACCOUNTS: readonly Account[] = [
  { id: 41898282, login: "github-actions[bot]", type: "Bot" },
  { id: 49699333, login: "dependabot[bot]", type: "Bot" },
];

/** The whole loopback GitHub's memory: accounts, tokens and repositories. */
export class World {
  readonly repos = new Map<string, Repo>();
  readonly tokens = new Map<string, Token>();
  readonly limits: Limits;
  baseUrl = "";
  readonly #running = new Set<Promise<void>>();
  readonly #accounts = new Map<string, Account>();
  #lastId = 3_100_000_000;
  #lastNumber = new WeakMap<Repo, number>();

  constructor(limits: Limits) {
    this.limits = limits;
    for (const account of KNOWN_ACCOUNTS) this.#accounts.set(account.login.toLowerCase(), account);
  }

  /** Notes a request that is being served. */
  run(request: Promise<void>): void {
    this.#running.add(request);
    void request.finally(() => this.#running.delete(request));
  }

  /** Waits for what is being served: the client may be long dead. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** Ids lie above 2^31, as comment ids of today. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  nextNumber(repo: Repo): number {
    const number = (this.#lastNumber.get(repo) ?? 0) + 1;
    this.#lastNumber.set(repo, number);
    return number;
  }

  findAccount(login: string): Account | undefined {
    return this.#accounts.get(login.toLowerCase());
  }

  account(login: string, type: AccountType = login.endsWith("[bot]") ? "Bot" : "User"): Account {
    const known = this.findAccount(login);
    if (known) return known;
    const created: Account = { id: this.#accounts.size + 583_000, login, type };
    this.#accounts.set(login.toLowerCase(), created);
    return created;
  }

  addToken(value: string, spec: TokenSpec): void {
    const { login, type, ...rest } = spec;
    this.tokens.set(value, { ...rest, account: this.account(login, type) });
  }

  repo(owner: string, name: string): Repo | undefined {
    return this.repos.get(`${owner}/${name}`.toLowerCase());
  }
}

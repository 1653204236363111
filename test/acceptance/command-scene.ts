import type { Comment } from "../support/github/state.ts";
import type { ActionResult } from "../support/runner.ts";
import { commentEvent, issueEvent } from "../support/runner.ts";
import { createScene, type Scene, type SceneOptions } from "./scene.ts";

/** The token's own login. */
export const MONITOR = "github-actions[bot]";

type Role = "none" | "read" | "triage" | "write" | "maintain" | "admin";

export interface Said {
  readonly comment: Comment;
  readonly result: ActionResult;
  /** Bodies of our replies to it, oldest first. */
  readonly replies: readonly string[];
  /** Contents of our reactions to it, oldest first. */
  readonly reactions: readonly string[];
}

export interface SayOptions {
  readonly user?: string;
  readonly role?: Role;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly issue?: number;
  /** Ends the run by SIGKILL when it is aborted. */
  readonly kill?: AbortSignal;
}

/** A scene in which people comment. */
export interface CommandScene extends Scene {
  /** Leaves a comment and runs the Action on its event. */
  say(body: string, options?: SayOptions): Promise<Said>;
  /** Leaves a comment whose event starts no run. */
  leave(body: string, options?: SayOptions & { readonly createdAt?: string }): Comment;
  /** Runs the Action on the event of a comment. */
  deliver(comment: Comment, options?: SayOptions): Promise<ActionResult>;
  /** Opens an issue and runs the Action on its event. */
  open(
    body: string,
    options?: SayOptions,
  ): Promise<{ readonly number: number; readonly result: ActionResult }>;
  repliesTo(comment: Pick<Comment, "id" | "issueNumber">): readonly string[];
  reactionsTo(comment: Pick<Comment, "id">): readonly string[];
  readLedger(): Promise<string>;
}

export async function createCommandScene(options: SceneOptions = {}): Promise<CommandScene> {
  const scene = await createScene(options);
  const { repo } = scene;
  const leave: CommandScene["leave"] = (
    body,
    { user = "alice", role = "write", issue = 1, createdAt } = {},
  ) => {
    if (user !== MONITOR) repo.setPermission(user, role);
    return repo.addComment(issue, {
      user,
      body,
      ...(createdAt === undefined ? {} : { createdAt }),
    });
  };
  const deliver: CommandScene["deliver"] = async (comment, { inputs = {}, env, kill } = {}) =>
    await scene.run(inputs, {
      eventName: "issue_comment",
      payload: commentEvent(repo, comment),
      ...(env === undefined ? {} : { env }),
      ...(kill === undefined ? {} : { kill }),
    });
  const repliesTo: CommandScene["repliesTo"] = ({ id, issueNumber }) =>
    repo
      .comments(issueNumber)
      .filter(({ account }) => account.login === MONITOR)
      .map(({ body }) => body)
      .filter((body) => body.startsWith(`<!-- experiment-monitor:reply ${id} -->`));
  const reactionsTo: CommandScene["reactionsTo"] = ({ id }) =>
    repo
      .reactions(id)
      .filter((reaction) => reaction.startsWith(`${MONITOR} `))
      .map((reaction) => reaction.slice(MONITOR.length + 1));
  return {
    ...scene,
    leave,
    deliver,
    repliesTo,
    reactionsTo,
    say: async (body, more = {}) => {
      const comment = leave(body, more);
      const result = await deliver(comment, more);
      return { comment, result, replies: repliesTo(comment), reactions: reactionsTo(comment) };
    },
    open: async (body, { user = "alice", role = "write", inputs = {} } = {}) => {
      repo.setPermission(user, role);
      const issue = repo.createIssue({ title: "A proposal", body, user });
      const payload = issueEvent(repo, issue);
      const result = await scene.run(inputs, { eventName: "issues", payload });
      return { number: issue.number, result };
    },
    readLedger: async () => {
      const path = "experiments/mnist/command_log.csv";
      return (await repo.readFile(repo.defaultBranch, path))?.toString("utf8") ?? "";
    },
  };
}

import type { ActionResult } from "../support/runner.ts";
import { event, repositoryOf } from "../support/runner.ts";
import { createScene, type Scene, type SceneOptions } from "./scene.ts";

export interface Reviewed {
  readonly number: number;
  readonly result: ActionResult;
  /** Bodies of our comments on the pull request. */
  readonly comments: readonly string[];
}

type Changes = Readonly<Record<string, string | null>>;

export interface ReviewScene extends Scene {
  /** Opens a pull request with changed files and runs the Action on its event. */
  propose(changes: Changes, more?: ProposeOptions): Promise<Reviewed>;
  /** Pushes to an open pull request and runs the Action on that event. */
  push(
    number: number,
    changes: Changes,
    inputs?: Readonly<Record<string, string>>,
  ): Promise<Reviewed>;
}

export interface ProposeOptions {
  readonly inputs?: Readonly<Record<string, string>>;
  /** The head lies in another repository. */
  readonly isFork?: boolean;
  readonly token?: string;
}

export async function createReviewScene(options: SceneOptions = {}): Promise<ReviewScene> {
  const scene = await createScene(options);
  const { repo } = scene;
  let branches = 0;
  const commentsOf = (number: number) =>
    repo
      .comments(number)
      .filter(({ account }) => account.login === "github-actions[bot]")
      .map(({ body }) => body);
  const run = async (
    pull: { number: number; branch: string },
    action: string,
    more: ProposeOptions,
  ) => {
    const payload = event("pull_request", {
      action,
      number: pull.number,
      pull_request: {
        number: pull.number,
        base: { ref: repo.defaultBranch, sha: await repo.head() },
        head: {
          ref: pull.branch,
          sha: await repo.head(pull.branch),
          repo: { id: more.isFork === true ? repo.id + 1 : repo.id },
        },
      },
      repository: repositoryOf(repo),
    });
    const result = await scene.run(more.inputs ?? {}, {
      eventName: "pull_request",
      payload,
      ...(more.token === undefined ? {} : { token: more.token }),
    });
    return { number: pull.number, result, comments: commentsOf(pull.number) };
  };
  return {
    ...scene,
    propose: async (changes, more = {}) => {
      branches += 1;
      const branch = `change-${branches}`;
      await repo.createBranch(branch);
      await repo.commitFiles(branch, changes);
      const pull = await repo.createPull({ title: "Change the log", head: branch });
      return await run({ number: pull.number, branch }, "opened", more);
    },
    push: async (number, changes, inputs = {}) => {
      const pull = repo.issues().find((issue) => issue.number === number)?.pull;
      const branch = pull?.headRef ?? "";
      await repo.commitFiles(branch, changes);
      return await run({ number, branch }, "synchronize", { inputs });
    },
  };
}

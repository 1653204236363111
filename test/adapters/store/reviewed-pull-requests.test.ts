import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createComments } from "../../../src/adapters/github/comments.ts";
import { createPullRequests } from "../../../src/adapters/github/pull-requests.ts";
import { createPullRequestChanges } from "../../../src/adapters/store/pull-request-changes.ts";
import { type ReviewedChange, review } from "../../../src/modes/review.ts";
import { NOW } from "../../builders/log.ts";
import { sha256 } from "../../builders/modes.ts";
import { BAD_EDITS, type Edit, LEGAL_EDITS } from "../../core/review/corpus.ts";
import type { RepoHandle } from "../../support/github/seed.ts";
import { expectNoViolations } from "../../support/github/server.ts";
import { openWorld, TRANSPORTS, type Transport, type World } from "./world.ts";

const FOLDER = "experiments/mnist";

let world: World;
let repo: RepoHandle;
let count = 0;

beforeAll(async () => {
  world = await openWorld({ "README.md": "# Loop\n" });
});
afterAll(() => world.close());
afterEach(() => {
  expectNoViolations(world.github);
  world.github.reset();
});

/** Files of a session folder as the seed takes them; what the head lacks is removed. */
function filesOf(edit: Edit, side: "base" | "head"): Record<string, Buffer | null> {
  const names = new Set([...edit.base.keys(), ...edit.head.keys()]);
  const entries = [...names].flatMap((name): [string, Buffer | null][] => {
    const bytes = edit[side].get(name);
    if (bytes !== undefined) return [[`${FOLDER}/${name}`, Buffer.from(bytes)]];
    return side === "head" ? [[`${FOLDER}/${name}`, null]] : [];
  });
  return Object.fromEntries(entries);
}

/** A repository with the base of an edit, a pull request with its head, and the review of it. */
async function reviewOf(edit: Edit, transport: Transport): Promise<ReviewedChange> {
  count += 1;
  const files = {
    ...(filesOf(edit, "base") as Record<string, Buffer>),
    "README.md": Buffer.from("# Loop\n"),
  };
  repo = await world.github.createRepo({ owner: "lab", name: `review-${count}`, files });
  await repo.createBranch("change");
  await repo.commitFiles("change", { ...filesOf(edit, "head"), "notes.txt": "x" } as never);
  const pull = await repo.createPull({ title: "Change the log", head: "change" });
  const github = { client: world.client(), owner: "lab", repo: repo.name };
  const changes = createPullRequestChanges({
    remote: world.remote(transport, { repo }),
    pullRequests: createPullRequests(github),
    experimentsDir: "experiments",
  });
  const [baseSha, headSha] = [await repo.head(), await repo.head("change")].map(String) as [
    string,
    string,
  ];
  return await review(
    {
      changes,
      comments: createComments(github),
      clock: { now: () => NOW },
      sha256,
      redact: (text) => text,
      createRedactor: () => (text) => text,
    },
    {
      pull: { number: pull.number, baseSha, headSha },
      repository: repo.fullName,
      linkTo: (path, line) => `https://github.test/${path}#L${line ?? 1}`,
      isDryRun: false,
    },
  );
}

function placesOf({ reviews }: ReviewedChange): readonly string[] {
  return reviews
    .flatMap(({ findings }) => findings)
    .map(({ code, path, line }) => `${path.slice(FOLDER.length + 1)}:${line} ${code}`)
    .sort();
}

describe.each(TRANSPORTS)("a pull request read over %s", (transport) => {
  // Every edit over the API, which is the default; over git as many as show that the same bytes arrive.
  const every = transport === "api" ? 1 : 12;

  it.each(BAD_EDITS.filter((_, at) => at % every === 0))(
    "with a bad edit is found out: $name",
    async (edit) => {
      const reviewed = await reviewOf(edit, transport);
      const expected = edit.expected.map(({ code, file, line }) => `${file}:${line} ${code}`);
      expect(placesOf(reviewed)).toEqual(expected.sort());
      expect(repo.comments(1).at(-1)?.body).toContain("experiment-monitor:report review.");
    },
  );

  it.each(LEGAL_EDITS.filter((_, at) => at % every === 0))(
    "with a legal edit is not flagged: $name",
    async (edit) => {
      expect(placesOf(await reviewOf(edit, transport))).toEqual([]);
    },
  );
});

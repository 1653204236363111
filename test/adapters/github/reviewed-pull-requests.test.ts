import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createReviewedPullRequests } from "../../../src/adapters/github/reviewed-pull-requests.ts";
import { expectNoViolations } from "../../support/github/server.ts";
import { openWorld, type World } from "../store/world.ts";

let world: World;

beforeEach(async () => {
  world = await openWorld({ "README.md": "# Loop\n" });
  await world.repo.createBranch("change");
  await world.repo.commitFiles("change", { "a.txt": "a" });
});
afterEach(() => world.close());

function findByHead(headSha: string) {
  const client = world.client();
  return createReviewedPullRequests({ client, owner: "lab", repo: "loop" }).findByHead(headSha);
}

describe("a pull request", () => {
  it("is found by its newest commit, with its two commits, while it is open", async () => {
    const [baseSha, first] = [await world.repo.head("main"), await world.repo.head("change")];
    expect(await findByHead(String(first))).toBeUndefined();
    const { number } = await world.repo.createPull({ title: "Change the log", head: "change" });
    expect(await findByHead(String(first))).toEqual({ number, baseSha, headSha: first });
    await world.repo.commitFiles("change", { "b.txt": "b" });
    const second = await world.repo.head("change");
    expect(await findByHead(String(first))).toBeUndefined();
    expect(await findByHead(String(second))).toEqual({ number, baseSha, headSha: second });
    await world.repo.closePull(number);
    expect(await findByHead(String(second))).toBeUndefined();
    expectNoViolations(world.github);
  });
});

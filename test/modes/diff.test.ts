import { expect, test } from "vitest";
import { diffSessions } from "../../src/modes/diff.ts";
import { createFakeStore } from "../fakes/store.ts";

const store = createFakeStore({ mnist: { "session.yml": "" } });
const revisions = {
  readSessions: async () => new Map(),
  findCommit: async (revision: string) => revision,
  findMergeBase: async () => undefined,
};
const request = { base: "HEAD", head: undefined };

test("a session that neither side has is refused, and the nearest name is quoted", async () => {
  const mistyped = { ...request, session: "mnits" };
  await expect(diffSessions({ store, revisions }, mistyped)).rejects.toThrow(
    'Neither side has a session "mnits". Did you mean "mnist"?',
  );
});

test("a session of the working tree alone is on the side of the head", async () => {
  const diffs = await diffSessions({ store, revisions }, { ...request, session: undefined });
  expect(diffs).toMatchObject([{ session: "mnist", side: "head" }]);
});

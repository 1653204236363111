import { expect, test } from "vitest";
import { createCommittingStore } from "../../../src/adapters/store/committing-store.ts";
import { createFakeStore } from "../../fakes/store.ts";

const LOG = "experiment_log.csv";

const createScene = () => {
  const files = createFakeStore({ mnist: { [LOG]: "a\n", "session.yml": "" } });
  const committed: (readonly string[])[] = [];
  const git = {
    commitFiles: async (request: { readonly files: readonly string[] }) => {
      committed.push(request.files);
      return { kind: "committed", commit: "c".repeat(40) } as const;
    },
  };
  return { committed, store: createCommittingStore(files, git, (...path) => path.join("/")) };
};

test("an update commits every file of the session, also when it changes none", async () => {
  const { store, committed } = createScene();
  const message = { headline: "mnist: nothing", body: "" };
  await store.update("mnist", () => ({ files: new Map(), message, value: 1 }));
  expect(committed).toEqual([[`mnist/${LOG}`, "mnist/session.yml"]]);
});

test("reading commits nothing, also of the newest files", async () => {
  const { store, committed } = createScene();
  expect((await store.readNewest("mnist", { isFresh: true })).files.size).toBe(2);
  expect((await store.read("mnist")).files.size).toBe(2);
  expect(committed).toEqual([]);
});

import { expect, test } from "vitest";
import { fileUrl, linksTo } from "../../src/entry/links-to.ts";

const environment = { serverUrl: "https://github.test", owner: "octo", repo: "research" };
const commit = "c".repeat(40);

test.each([
  ["experiments", "experiments/mnist"],
  ["my runs/#1", "my%20runs/%231/mnist"],
  [".", "mnist"],
])("a report links to the log in %j", (experimentsDir, folder) => {
  const links = linksTo({ environment, config: { experimentsDir } }, "mnist", { commit });
  const blob = `https://github.test/octo/research/blob/${commit}/${folder}`;
  expect(links).toEqual({
    logUrl: `${blob}/experiment_log.csv`,
    reportUrl: `${blob}/experiment_report.md`,
    commit: { sha: commit, url: `https://github.test/octo/research/commit/${commit}` },
  });
});

test("a finding links to its line", () => {
  expect(fileUrl({ environment }, commit, { path: "a/b.csv", line: 3 })).toBe(
    `https://github.test/octo/research/blob/${commit}/a/b.csv#L3`,
  );
});

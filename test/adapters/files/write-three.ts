// Run as a process by write-files.test.ts: writes three files at once, and is killed before its step of that number.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { createFileLogStore } from "../../../src/adapters/files/log-store.ts";

const [root = "", text = "", step = ""] = process.argv.slice(2);

let steps = 0;
function countStep(): void {
  steps += 1;
  if (steps === Number(step)) process.kill(process.pid, "SIGKILL");
}

// A step is a file that is replaced or removed.
const rename = fs.rename;
fs.rename = ((...args: Parameters<typeof rename>) => {
  countStep();
  rename(...args);
}) as typeof rename;
const unlink = fs.promises.unlink;
fs.promises.unlink = (path) => {
  countStep();
  return unlink(path);
};
syncBuiltinESMExports();

await createFileLogStore({ root, experimentsDir: "experiments", dryRun: false }).update(
  "lr",
  ({ files }) => ({
    files: new Map(
      ["experiment_log.csv", "command_log.csv", "session.yml"].map((name) => [
        name,
        Buffer.from(`${Buffer.from(files.get(name) ?? "")}${text}`),
      ]),
    ),
    message: { headline: "", body: "" },
    value: undefined,
  }),
);

// Run as a process by log-store.test.ts: appends rows to a log, one update each.
import { createFileLogStore } from "../../../src/adapters/files/log-store.ts";

const [root = "", writer = "", count = "0"] = process.argv.slice(2);
const store = createFileLogStore({ root, experimentsDir: "experiments", dryRun: false });

for (let at = 0; at < Number(count); at += 1) {
  await store.update("lr", ({ files }) => {
    const before = Buffer.from(files.get("experiment_log.csv") ?? "");
    return {
      files: new Map([
        ["experiment_log.csv", Buffer.concat([before, Buffer.from(`${writer}-${at}\n`)])],
      ]),
      message: { headline: "", body: "" },
      value: undefined,
    };
  });
}

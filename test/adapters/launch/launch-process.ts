// Run as a process by at-most-once.test.ts: one run that launches what is queued, to be killed at any moment.
import { createHash } from "node:crypto";
import { createFileLogStore } from "../../../src/adapters/files/log-store.ts";
import { readRegularFile } from "../../../src/adapters/files/read-file.ts";
import { createLauncher } from "../../../src/adapters/launch/launcher.ts";
import { createQueueSource } from "../../../src/adapters/queue/source.ts";
import { createSystemClock } from "../../../src/adapters/system/clock.ts";
import { formatInstant, parseInstant } from "../../../src/core/text/time.ts";
import { launchQueued } from "../../../src/modes/launch.ts";
import { loadRenderer } from "../../../src/modes/render-files.ts";
import { loadSettingsReader } from "../../../src/modes/session-settings.ts";

const [root = "", aheadSeconds = "0"] = process.argv.slice(2);
const system = createSystemClock();
const clock = {
  ...system,
  now: () => formatInstant(Number(parseInstant(system.now())) + Number(aheadSeconds)),
};
const redact = (text: string) => text;
const store = createFileLogStore({ root, experimentsDir: "experiments", dryRun: false });

async function launch(): Promise<void> {
  const settings = (await loadSettingsReader())(await store.read("mnist"));
  const { outcomes } = await launchQueued(
    {
      store,
      clock,
      queue: createQueueSource({
        cwd: root,
        env: process.env,
        redact,
        clock,
        readFile: readRegularFile,
      }),
      launcher: createLauncher({ cwd: root, env: process.env, redact }),
      reporter: { info: () => undefined, warning: () => undefined },
    },
    {
      session: "mnist",
      settings,
      overrideSettings: (same) => same,
      redact,
      sha256: (text) => createHash("sha256").update(text).digest("hex"),
      render: await loadRenderer((text) => text),
    },
  );
  process.stdout.write(JSON.stringify(outcomes));
}

launch().catch((error: unknown) => {
  process.stderr.write(String(error));
  process.exitCode = 1;
});

import { InputError } from "../../src/core/errors.ts";
import type { QueueSource } from "../../src/ports/queue-source.ts";

export interface FakeQueue extends QueueSource {
  /** What was asked, in order: a path, or words of a command. */
  readonly asked: string[];
  /** How many metrics commands ran at once at most. */
  most(): number;
}

export interface FakeQueueOptions {
  /** Job id → what its metrics command prints; one that is absent fails. */
  readonly metrics?: Readonly<Record<string, string>>;
  /** Run folder → the text of its `metrics.json`; the folders that are on this machine. */
  readonly folders?: Readonly<Record<string, string | undefined>>;
}

/** A queue that says what it is told to. */
export function createFakeQueue(status: string, options: FakeQueueOptions = {}): FakeQueue {
  const asked: string[] = [];
  const folders = new Map(Object.entries(options.folders ?? {}));
  let running = 0;
  let most = 0;
  return {
    asked,
    most: () => most,
    readStatus: async (source) => {
      asked.push(source.kind === "file" ? source.path : source.argv.join(" "));
      return { text: status, source: "status.json", ageSeconds: 7 };
    },
    isFolder: async (runDir) => folders.has(runDir),
    readRunMetrics: async (runDir) => {
      asked.push(`${runDir}/metrics.json`);
      const text = folders.get(runDir);
      return text === undefined ? undefined : { text, source: `${runDir}/metrics.json` };
    },
    readMetrics: async (argv) => {
      asked.push(argv.join(" "));
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      const found = Object.entries(options.metrics ?? {}).find(([id]) => argv.includes(id));
      if (found === undefined) throw new InputError("the command failed with exit code 1");
      return { text: found[1], source: argv.join(" ") };
    },
  };
}

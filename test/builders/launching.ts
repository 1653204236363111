import type { LedgerEntry } from "../../src/core/command/ledger.ts";
import { encodeLedger } from "../../src/core/command/ledger-codec.ts";
import type { Column } from "../../src/core/log/columns.ts";
import { formatInstant, parseInstant } from "../../src/core/text/time.ts";
import type { LaunchPorts, LaunchRequest } from "../../src/modes/launch.ts";
import { loadRenderer } from "../../src/modes/render-files.ts";
import type { LaunchAttempt, Launcher, LaunchRequest as Start } from "../../src/ports/launcher.ts";
import { queued, TRUSTED } from "./launch.ts";
import { NOW, textOf } from "./log.ts";
import { sha256 } from "./modes.ts";

export const LOG = "experiment_log.csv";
export const LEDGER = "command_log.csv";

/** The files of a session in which `/launch exp-1` stands, with more lines of the ledger after it. */
export function queuedFiles(
  row: Partial<Record<Column, string>> = {},
  more: readonly Partial<LedgerEntry>[] = [],
): Record<string, string> {
  const { draft, ledger } = queued(row, more);
  return {
    "session.yml": "objective: { metric: loss, mode: min }\n",
    [LOG]: textOf(draft),
    [LEDGER]: Buffer.from(encodeLedger(ledger, [])).toString("utf8"),
  };
}

/** A clock that stands until it is moved, and chance that never repeats. */
export function movingClock(start: string = NOW) {
  let seconds = Number(parseInstant(start));
  let draws = Math.random();
  return {
    now: () => formatInstant(seconds),
    random: () => {
      draws = (draws * 16807.123 + 0.618) % 1;
      return draws;
    },
    move: (by: number) => {
      seconds += by;
    },
  };
}

export interface FakeLauncher extends Launcher {
  readonly started: Start[];
  readonly cancelled: string[];
}

/** A launcher that answers what it is told to. */
export function createFakeLauncher(
  answer: (request: Start) => LaunchAttempt | Promise<LaunchAttempt>,
): FakeLauncher {
  const started: Start[] = [];
  const cancelled: string[] = [];
  return {
    started,
    cancelled,
    launch: async (request) => {
      started.push(request);
      return await answer(request);
    },
    cancel: async (argv) => {
      cancelled.push(argv.join(" "));
      return { kind: "ended", output: "" };
    },
  };
}

export const ENDED: LaunchAttempt = {
  kind: "ended",
  output: "Queued job-0000012 (mnist) at /runs [launcher=multi]\n",
};

export async function launchRequest(
  overrides: Partial<LaunchRequest> = {},
): Promise<LaunchRequest> {
  return {
    session: "mnist",
    settings: TRUSTED,
    overrideSettings: (settings) => settings,
    redact: (text) => text.replaceAll("hunter2222", "***"),
    sha256,
    render: await loadRenderer((text) => text),
    ...overrides,
  };
}

export function launchReporter(): LaunchPorts["reporter"] & { readonly said: string[] } {
  const said: string[] = [];
  return {
    said,
    info: (message) => said.push(message),
    warning: (message) => said.push(`warning: ${message}`),
  };
}

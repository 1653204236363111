import { spawnSync } from "node:child_process";

/** Only what a process needs: other variables (extra certificates, options) cost it time. */
const CLEAN = { PATH: process.env.PATH, HOME: process.env.HOME };

/** Wall time of one process in milliseconds, start to exit. */
export function timeProcess({ args, cwd, env = {}, exit = 0 }) {
  const start = process.hrtime.bigint();
  const result = spawnSync(process.execPath, args, {
    cwd,
    env: { ...CLEAN, ...env },
    stdio: "pipe",
  });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (result.status !== exit) {
    throw new Error(`${args.join(" ")} ended with ${result.status}: ${result.stderr}`);
  }
  return milliseconds;
}

/** Peak resident memory of one process in MiB, as it says itself when it ends. */
export function peakMemory({ args, cwd, env = {} }) {
  const report =
    "data:text/javascript,process.on('exit',()=>process.stderr.write(`\\npeak=${process.resourceUsage().maxRSS}`))";
  const result = spawnSync(process.execPath, ["--import", report, ...args], {
    cwd,
    env: { ...CLEAN, ...env },
    encoding: "utf8",
  });
  return Number(/peak=(\d+)/.exec(result.stderr)?.[1]) / 1024;
}

/** Runs A B A B …, so that a machine whose speed drifts is fair to both; the first pair warms up. */
export function compare({ runs, a, b }) {
  const pairs = Array.from({ length: runs + 1 }, () => [a(), b()]).slice(1);
  return {
    a: median(pairs.map(([left]) => left)),
    b: median(pairs.map(([, right]) => right)),
    ratio: median(pairs.map(([left, right]) => left / right)),
    difference: median(pairs.map(([left, right]) => left - right)),
  };
}

export function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

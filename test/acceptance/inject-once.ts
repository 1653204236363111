import { FAULT_KINDS, type FaultKind } from "../support/github/faults.ts";
import type { LoopbackGitHub } from "../support/github/server.ts";

/** Silence costs the client's whole patience; the adapters' own tests have it with a short one. */
const SILENT: ReadonlySet<FaultKind> = new Set(["timeout-before", "timeout-after-apply"]);

/** Every fault that an acceptance test waits for. */
export const AUDIBLE_FAULTS = FAULT_KINDS.filter((kind) => !SILENT.has(kind));

/** One fault at the first request that looks so; how many did is counted. */
export function injectOnce(
  github: LoopbackGitHub,
  kind: FaultKind,
  call: RegExp,
): { readonly seen: () => number } {
  let seen = 0;
  github.inject({
    kind,
    times: 1,
    retryAfter: 1,
    match: ({ method, path, body }) => {
      const matches = call.test(`${method} ${path} ${JSON.stringify(body ?? "")}`);
      if (matches) seen += 1;
      return matches;
    },
  });
  return { seen: () => seen };
}

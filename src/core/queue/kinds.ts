import { InputError } from "../errors.ts";
import { nearestName } from "../text/nearest-name.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import type { QueueKind } from "./queue-kind.ts";
import { xax } from "./xax.ts";

/** Every kind there is. */
export const QUEUE_KINDS: readonly QueueKind[] = [xax];

/** @throws InputError that lists the kinds */
export function queueKind(name: string): QueueKind {
  const kind = QUEUE_KINDS.find((candidate) => candidate.name === name);
  if (kind !== undefined) return kind;
  const names = QUEUE_KINDS.map((candidate) => candidate.name);
  const near = nearestName(name, names);
  throw new InputError(
    `unknown queue kind ${quoteUntrusted(name)}, expected one of ${names.join(", ")}`,
    {
      ...(near === undefined ? {} : { remedy: `Did you mean ${near}?` }),
    },
  );
}

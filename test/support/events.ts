import { createRequire } from "node:module";
import type { RepoHandle } from "./github/seed.ts";

type Payload = Record<string, unknown>;
type Example = { name: string; examples: Payload[] };

const require = createRequire(import.meta.url);
let definitions: Example[] | undefined;

function examplesOf(name: string): Payload[] {
  definitions ??= require("@octokit/webhooks-examples") as Example[];
  // The first example of each event is an old one and lacks fields of today's schema.
  return (definitions.find((definition) => definition.name === name)?.examples ?? []).slice(1);
}

function isPayload(value: unknown): value is Payload {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Lays one payload over another: objects are merged, everything else is replaced. */
function overlay(base: unknown, over: unknown): unknown {
  if (!isPayload(base) || !isPayload(over)) return over;
  const merged: Payload = { ...base };
  for (const [key, value] of Object.entries(over)) merged[key] = overlay(base[key], value);
  return merged;
}

/** The `repository` part of an event about a repository of the loopback GitHub. */
export function repositoryOf(repo: RepoHandle): Payload {
  return {
    id: repo.id,
    name: repo.name,
    full_name: repo.fullName,
    default_branch: repo.defaultBranch,
    clone_url: repo.cloneUrl,
    owner: { login: repo.owner },
  };
}

/** The payload of an event as GitHub sends it, with a test's changes laid over it. */
export function event(name: string, overrides: Payload = {}): Payload {
  if (name === "schedule") {
    const [push] = examplesOf("push");
    const { repository } = push ?? {};
    const base = { schedule: "17 3 * * *", repository, workflow: ".github/workflows/monitor.yml" };
    return overlay(base, overrides) as Payload;
  }
  const examples = examplesOf(name);
  const fitting = examples.find(({ action }) => action === overrides["action"]) ?? examples[0];
  if (!fitting) throw new Error(`there is no example of the event ${name}`);
  return overlay(structuredClone(fitting), overrides) as Payload;
}

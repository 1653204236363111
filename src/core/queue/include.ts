import { createGlobTest } from "../text/glob.ts";
import type { Observation } from "./observation.ts";

/** Names of `queue.include` in session.yml → what they look at. */
export const INCLUDE_FIELDS = {
  job_id: (job) => job.jobId,
  task_key: (job) => job.taskKey,
  command: (job) => job.command,
  run_dir: (job) => job.runDir,
  config_path: (job) => job.configPath,
  launcher: (job) => job.launcher,
  status: (job) => job.status,
} as const satisfies Record<string, (job: Observation) => string | undefined>;

export type IncludeField = keyof typeof INCLUDE_FIELDS;

/** Which jobs belong to a session: each named field matches one of its globs. No names: every job. */
export function createInclude(
  include: ReadonlyMap<string, readonly string[]>,
): (job: Observation) => boolean {
  const tests = [...include].map(([field, globs]) => {
    const isMatch = createGlobTest(globs);
    const read = INCLUDE_FIELDS[field as IncludeField];
    return (job: Observation) => isMatch(read(job) ?? "");
  });
  return (job) => tests.every((test) => test(job));
}

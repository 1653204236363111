/** A command for one job, or why there is none: the end of a sentence. */
export type FilledCommand =
  | { readonly kind: "filled"; readonly argv: readonly string[] }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Puts a job's id in place of `{queue_job_id}`, as a whole argument or inside one.
 *
 * @param command as a kind of queue or a session.yml gives it
 */
export function fillJobId(command: readonly string[], jobId: string): FilledCommand {
  if (jobId.startsWith("-")) {
    const reason = "its id begins with a dash, which the command would take for an option";
    return { kind: "refused", reason };
  }
  // A replacing text would have its `$&` and `$1` expanded; what a function gives stays as it is.
  const argv = command.map((argument) => argument.replaceAll("{queue_job_id}", () => jobId));
  return { kind: "filled", argv };
}

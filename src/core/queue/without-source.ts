/** A job's id as its queue knows it: a row may hold the session's `queue.source` and a slash before it. */
export function withoutSource(jobId: string, source: string | undefined): string {
  const prefix = `${source}/`;
  return source !== undefined && jobId.startsWith(prefix) ? jobId.slice(prefix.length) : jobId;
}

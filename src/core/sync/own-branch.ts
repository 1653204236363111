/** What the names of our pull requests' branches begin with. */
export const OWN_BRANCHES = "experiment-monitor/";

/** The one branch that carries a session's log to a branch that refuses pushes. */
export function pullRequestBranch(session: string): string {
  return `${OWN_BRANCHES}${session}`;
}

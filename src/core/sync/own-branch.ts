/** What the names of our pull requests' branches begin with. */
export const OWN_BRANCHES = "experiment-monitor/";

/** The one branch that carries a session's log to a branch that refuses pushes. */
export function pullRequestBranch(session: string): string {
  // git has no branch that ends with `.lock`: https://git-scm.com/docs/git-check-ref-format
  // No session's name holds a `+`, so this is no other session's branch.
  return session.endsWith(".lock") ? `${OWN_BRANCHES}${session}+` : `${OWN_BRANCHES}${session}`;
}

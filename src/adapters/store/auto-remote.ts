import type { BranchRemote } from "../../ports/branch-remote.ts";

export interface AutoRemoteOptions {
  readonly api: BranchRemote;
  /** Prepared only when a commit is too large for the API. */
  readonly git: () => Promise<BranchRemote>;
}

/** Commits over the API, and over git what the API does not carry. Reads go over the API. */
export function createAutoRemote({ api, git }: AutoRemoteOptions): BranchRemote {
  return {
    readHead: (branch) => api.readHead(branch),
    readCommit: (branch, commit) => api.readCommit(branch, commit),
    readFiles: (head, paths) => api.readFiles(head, paths),
    sawOwnBranch: (branch) => api.sawOwnBranch(branch),
    createBranch: (branch, commit) => api.createBranch(branch, commit),
    async commit(request) {
      const outcome = await api.commit(request);
      return outcome.kind === "too-large" ? (await git()).commit(request) : outcome;
    },
  };
}

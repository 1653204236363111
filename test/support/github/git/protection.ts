import { chmod, mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Problem } from "../problem.ts";
import type { Repo } from "../state.ts";
import { git, tryGit } from "./run-git.ts";

const HOOK = fileURLToPath(new URL("./proc-receive.mjs", import.meta.url));

/** Makes git itself decline pushes to the repository's protected branches. */
export async function writeProtection(repo: Repo, baseUrl: string): Promise<void> {
  const { dir } = repo.git;
  const branches: Record<string, string> = {};
  await tryGit(dir, ["config", "--unset-all", "receive.procReceiveRefs"]);
  for (const [branch, kind] of repo.protection) {
    branches[`refs/heads/${branch}`] = kind;
    await git(dir, ["config", "--add", "receive.procReceiveRefs", `refs/heads/${branch}`]);
  }
  const rules = `${baseUrl}/${repo.fullName}/rules`;
  await writeFile(`${dir}/protection.json`, JSON.stringify({ branches, rules }));
  await mkdir(`${dir}/hooks`, { recursive: true });
  const hook = `${dir}/hooks/proc-receive`;
  await writeFile(hook, `#!/bin/sh\nexec '${process.execPath}' '${HOOK}'\n`);
  await chmod(hook, 0o755);
}

/** Refuses an API write to a protected branch in the words GitHub uses for the kind of protection. */
export function assertUnprotected(repo: Repo, ref: string): void {
  const kind = repo.protection.get(ref.replace(/^refs\/heads\//, ""));
  if (kind === "GH013") {
    throw new Problem(
      422,
      "Repository rule violations found\n\nChanges must be made through a pull request.\n\n",
    );
  }
  if (kind === "GH006") throw new Problem(422, "Changes must be made through a pull request.");
}

import type { BareRepo } from "./bare-repo.ts";
import { ZERO_OID } from "./bare-repo.ts";
import { git } from "./run-git.ts";

export type ChangedFile = {
  path: string;
  status: "added" | "removed" | "modified";
  additions: number;
  deletions: number;
  blob: string | null;
  patch: string | undefined;
};

const STATUS: Readonly<Record<string, ChangedFile["status"]>> = { A: "added", D: "removed" };

function records(output: Buffer): string[] {
  return output.toString().split("\0").filter(Boolean);
}

async function patchOf(repo: BareRepo, range: readonly string[], path: string): Promise<string> {
  const text = (await git(repo.dir, ["diff", "--no-renames", ...range, "--", path])).toString();
  const start = text.indexOf("\n@@");
  return start < 0 ? "" : text.slice(start + 1).replace(/\n$/, "");
}

/** The files that differ between two commits or trees, as GitHub lists them (renames are two entries). */
export async function diffFiles(repo: BareRepo, from: string, to: string): Promise<ChangedFile[]> {
  const range = [from, to];
  const raw = records(
    await git(repo.dir, ["diff", "--no-renames", "--raw", "--no-abbrev", "-z", ...range]),
  );
  const counts = new Map<string, [number, number]>();
  for (const line of records(
    await git(repo.dir, ["diff", "--no-renames", "--numstat", "-z", ...range]),
  )) {
    const [added = "0", deleted = "0", path = ""] = line.split("\t");
    counts.set(path, [Number(added) || 0, Number(deleted) || 0]);
  }
  const files: ChangedFile[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [, , , blob = "", letter = "M"] = (raw[index] ?? "").split(" ");
    const path = raw[index + 1] ?? "";
    const [additions, deletions] = counts.get(path) ?? [0, 0];
    const patch = await patchOf(repo, range, path);
    files.push({
      path,
      status: STATUS[letter] ?? "modified",
      additions,
      deletions,
      blob: blob === ZERO_OID ? null : blob,
      patch: patch === "" ? undefined : patch,
    });
  }
  return files;
}

// Builds into a temporary folder and compares it with dist/ byte by byte, untracked files included.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const fresh = mkdtempSync(join(tmpdir(), "experiment-monitor-dist-"));
try {
  execFileSync(process.execPath, ["scripts/build.mjs", fresh], { stdio: "inherit" });
  const differences = compare("dist", fresh);
  if (differences.length > 0) {
    console.error(`dist/ is not what \`npm run build\` makes of src/:\n${differences.join("\n")}`);
    process.exitCode = 1;
  } else {
    console.log(`dist/ is in step with src/ (${list("dist").length} files)`);
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
}

function compare(committed, built) {
  const names = new Set([...list(committed), ...list(built)]);
  return [...names].sort().flatMap((name) => {
    const [ours, theirs] = [read(committed, name), read(built, name)];
    if (ours === undefined) return [`  missing: ${name}`];
    if (theirs === undefined) return [`  left over: ${name}`];
    return ours.equals(theirs) ? [] : [`  differs: ${name}`];
  });
}

function list(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function read(folder, name) {
  try {
    return readFileSync(join(folder, name));
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

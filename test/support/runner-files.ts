import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The files a runner hands to a step, by the variable that names them. */
const FILE_COMMANDS = [
  "GITHUB_OUTPUT",
  "GITHUB_STEP_SUMMARY",
  "GITHUB_STATE",
  "GITHUB_ENV",
  "GITHUB_PATH",
] as const;

export type StepFiles = Record<(typeof FILE_COMMANDS)[number] | "GITHUB_EVENT_PATH", string>;

/** Makes the empty command files and the event file of one step. */
export async function writeStepFiles(tempDir: string, event: unknown): Promise<StepFiles> {
  const folder = join(tempDir, "_runner_file_commands");
  await mkdir(folder, { recursive: true });
  await mkdir(join(tempDir, "_github_workflow"), { recursive: true });
  const files = { GITHUB_EVENT_PATH: join(tempDir, "_github_workflow", "event.json") } as StepFiles;
  await writeFile(files.GITHUB_EVENT_PATH, JSON.stringify(event));
  for (const name of FILE_COMMANDS) {
    files[name] = join(folder, name.toLowerCase());
    await writeFile(files[name], "");
  }
  return files;
}

/** Reads `name=value` and `name<<DELIMITER` entries as the runner does; a malformed file is an error. */
export function parseFileCommands(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (line === "") continue;
    const [equals, heredoc] = [line.indexOf("="), line.indexOf("<<")];
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      values[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    if (heredoc < 0) throw new Error(`Invalid format '${line}'`);
    const delimiter = line.slice(heredoc + 2);
    const end = lines.indexOf(delimiter, index + 1);
    if (delimiter === "" || end < 0) {
      throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
    }
    values[line.slice(0, heredoc)] = lines.slice(index + 1, end).join("\n");
    index = end;
  }
  return values;
}

export function readText(path: string): Promise<string> {
  return readFile(path, "utf8");
}

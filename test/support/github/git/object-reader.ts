import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import type { GitObject, ObjectType } from "./bare-repo.ts";
import { GIT_ENVIRONMENT } from "./run-git.ts";

type Waiting = { wantsContent: boolean; resolve: (found: GitObject | undefined) => void };

const FOUND = /^([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)$/;

/** Asks one long-lived `git cat-file` for objects: a read costs no process. */
export class ObjectReader {
  readonly #dir: string;
  readonly #waiting: Waiting[] = [];
  #child: ChildProcessWithoutNullStreams | undefined;
  #chunks: Buffer[] = [];
  #size = 0;
  #needed = 0;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** The object a revision names, its content too when asked for. */
  read(revision: string, wantsContent: boolean): Promise<GitObject | undefined> {
    if (revision === "" || /[\n\r\0]/.test(revision)) return Promise.resolve(undefined);
    const child = this.#start();
    return new Promise((resolve) => {
      this.#waiting.push({ wantsContent, resolve });
      child.stdin.write(`${wantsContent ? "contents" : "info"} ${revision}\n`);
    });
  }

  close(): void {
    this.#child?.kill();
    this.#child = undefined;
  }

  #start(): ChildProcessWithoutNullStreams {
    if (this.#child) return this.#child;
    const args = ["--git-dir", this.#dir, "cat-file", "--batch-command"];
    const child = spawn("git", args, { env: GIT_ENVIRONMENT });
    child.stdin.on("error", () => undefined);
    child.stdout.on("data", (chunk: Buffer) => this.#receive(chunk));
    child.on("close", () => {
      for (const { resolve } of this.#waiting.splice(0)) resolve(undefined);
      if (this.#child === child) this.#child = undefined;
    });
    this.#child = child;
    return child;
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#needed) return;
    let rest: Buffer = Buffer.concat(this.#chunks);
    this.#needed = 0;
    while (this.#waiting[0]) {
      const taken = this.#answer(rest, this.#waiting[0]);
      if (taken === undefined) break;
      this.#waiting.shift();
      rest = rest.subarray(taken);
    }
    this.#chunks = [rest];
    this.#size = rest.length;
  }

  /** Answers the first question when its answer is complete; says how many bytes that took. */
  #answer(bytes: Buffer, { wantsContent, resolve }: Waiting): number | undefined {
    const end = bytes.indexOf(10);
    if (end < 0) return undefined;
    const [, oid, type, length] = FOUND.exec(bytes.toString("utf8", 0, end)) ?? [];
    if (oid === undefined) {
      resolve(undefined);
      return end + 1;
    }
    const size = wantsContent ? Number(length) + 1 : 0;
    if (bytes.length < end + 1 + size) {
      this.#needed = end + 1 + size;
      return undefined;
    }
    const content = Buffer.from(bytes.subarray(end + 1, end + size));
    resolve({ oid, type: type as ObjectType, content });
    return end + 1 + size;
  }
}

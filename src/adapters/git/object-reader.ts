import { RemoteError } from "../../core/errors.ts";

/** An object of a repository, whether a temporary one or a person's own. */
export interface GitObject {
  readonly oid: string;
  readonly type: string;
  readonly content: Buffer;
}

/** Reads objects by name through one `git cat-file --batch`, which stays open between reads. */
export interface ObjectReader {
  /** The object a name such as `refs/heads/main:folder` stands for; `undefined` when there is none. */
  read(name: string): Promise<GitObject | undefined>;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** Starts the reader in a repository. */
export async function createObjectReader(
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<ObjectReader> {
  const { execa } = await import("execa");
  const child = execa("git", ["cat-file", "--batch"], {
    cwd,
    env,
    extendEnv: false,
    buffer: false,
    encoding: "buffer",
    stdin: "pipe",
    stdout: "pipe",
    stderr: "ignore",
    reject: false,
  });
  const waiting: Waiting[] = [];
  const answers = createAnswerParser((object) => {
    waiting.shift()?.resolve(object);
    hold(child, waiting.length > 0);
  });
  const fail = () => {
    for (const one of waiting.splice(0)) one.reject(new RemoteError("git cat-file ended early."));
  };
  child.stdout.on("data", (chunk: Buffer) => answers(chunk));
  child.stdin.on("error", fail);
  const ended = child.then(fail, fail);
  hold(child, false);
  return {
    read(name) {
      if (/[\r\n\0]/.test(name)) return Promise.resolve(undefined);
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        hold(child, true);
        child.stdin.write(`${name}\n`);
      });
    },
    async close() {
      hold(child, true);
      child.stdin.end();
      await ended;
    },
  };
}

interface Holdable {
  ref(): unknown;
  unref(): unknown;
}

/** An idle reader must not keep the process from ending; a busy one must. */
function hold(
  child: Holdable & { readonly stdin: unknown; readonly stdout: unknown },
  busy: boolean,
): void {
  for (const handle of [child, child.stdin as Holdable, child.stdout as Holdable]) {
    if (busy) handle.ref();
    else handle.unref();
  }
}

/** Cuts git's answers, `<oid> <type> <size>LF<content>LF` or `<name> missingLF`, out of the stream. */
function createAnswerParser(
  emit: (object: GitObject | undefined) => void,
): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let total = 0;
  let needed = 1;
  return (chunk) => {
    chunks.push(chunk);
    total += chunk.length;
    if (total < needed) return;
    let bytes = Buffer.concat(chunks);
    for (;;) {
      const answer = cutAnswer(bytes);
      needed = answer.kind === "partial" ? answer.needed : 1;
      if (answer.kind === "partial") break;
      bytes = bytes.subarray(answer.length);
      emit(answer.object);
    }
    chunks = bytes.length === 0 ? [] : [bytes];
    total = bytes.length;
  };
}

type Answer =
  | { readonly kind: "partial"; readonly needed: number }
  | { readonly kind: "whole"; readonly length: number; readonly object: GitObject | undefined };

function cutAnswer(bytes: Buffer): Answer {
  const end = bytes.indexOf(0x0a);
  if (end < 0) return { kind: "partial", needed: bytes.length + 1 };
  const line = bytes.toString("utf8", 0, end);
  const [, oid, type, size] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(line) ?? [];
  if (oid === undefined || type === undefined) {
    return { kind: "whole", length: end + 1, object: undefined };
  }
  const length = end + 1 + Number(size) + 1;
  if (bytes.length < length) return { kind: "partial", needed: length };
  const content = bytes.subarray(end + 1, length - 1);
  return { kind: "whole", length, object: { oid, type, content } };
}

/** Process exit codes of the command line; the Action fails with the same sentences. */
export const EXIT = {
  done: 0,
  unexpected: 1,
  input: 2,
  refused: 3,
  invalidLog: 4,
  remote: 5,
} as const;

/** A failure a person can act on: a sentence (what, where, expected), a remedy and an exit code. */
export class MonitorError extends Error {
  readonly exitCode: number;
  /** What to do about it, one sentence. */
  readonly remedy: string | undefined;

  constructor(
    message: string,
    exitCode: number,
    options: { remedy?: string; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.exitCode = exitCode;
    this.remedy = options.remedy;
  }
}

/** Usage, configuration or input is wrong (exit 2). */
export class InputError extends MonitorError {
  constructor(message: string, options: { remedy?: string; cause?: unknown } = {}) {
    super(message, EXIT.input, options);
  }
}

/** A person asked for something the rules of the log forbid, such as an illegal transition (exit 3). */
export class RefusedError extends MonitorError {
  constructor(message: string, options: { remedy?: string; cause?: unknown } = {}) {
    super(message, EXIT.refused, options);
  }
}

/** Where in a text file something stands; line and column count from 1, column in characters. */
export interface Position {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** The log or ledger cannot be read exactly, so nothing is written (exit 4). */
export class LogError extends MonitorError {
  /** The file or the folder it is about. */
  readonly path: string;
  readonly position: Position | undefined;

  constructor(
    problem: string,
    options: { path: string; line?: number; column?: number; remedy?: string; cause?: unknown },
  ) {
    const { path, line, column } = options;
    const place = line === undefined ? path : `${path}:${line}:${column ?? 1}`;
    super(`${place}: ${problem}`, EXIT.invalidLog, options);
    this.path = path;
    this.position = line === undefined ? undefined : { path, line, column: column ?? 1 };
  }
}

/** The remote refused, or could not be reached after retries (exit 5). */
export class RemoteError extends MonitorError {
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined;

  constructor(
    message: string,
    options: { remedy?: string; cause?: unknown; status?: number } = {},
  ) {
    super(message, EXIT.remote, options);
    this.status = options.status;
  }
}

/** The exit code that belongs to anything thrown. */
export function exitCodeOf(error: unknown): number {
  return error instanceof MonitorError ? error.exitCode : EXIT.unexpected;
}

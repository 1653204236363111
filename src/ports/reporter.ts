/** What is said about a place of a file. */
export interface Annotation {
  readonly level: "error" | "warning";
  readonly sentence: string;
  /** Relative to the repository. */
  readonly path: string;
  /** From 1, of the file as it is in the pull request. */
  readonly line?: number;
  readonly endLine?: number;
  /** In characters, from 1. */
  readonly column?: number;
}

/** Where people and machines read what a run did. Untrusted text is made inert by the implementation. */
export interface Reporter {
  info(message: string): void;
  warning(message: string): void;
  /** A sentence at a place of a file, shown beside it in a pull request. */
  annotate(note: Annotation): void;
  /** Outputs of the run, by name. */
  outputs(values: Readonly<Record<string, string>>): void;
  /** Markdown for the job summary. */
  summary(markdown: string): Promise<void>;
}

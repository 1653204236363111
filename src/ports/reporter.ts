/** Where people and machines read what a run did. Untrusted text is made inert by the implementation. */
export interface Reporter {
  info(message: string): void;
  warning(message: string): void;
  /** A named output of the run. */
  output(name: string, value: string): void;
  /** Markdown for the job summary. */
  summary(markdown: string): Promise<void>;
}

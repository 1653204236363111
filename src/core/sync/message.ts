/** A commit's message: a subject of one line that says what happened, and a body by experiment. */
export interface CommitMessage {
  readonly headline: string;
  readonly body: string;
}

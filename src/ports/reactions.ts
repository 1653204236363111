/** The reactions that tell an author how far a command is. */
export type Reaction = "eyes" | "rocket" | "confused" | "-1";

/** What is reacted to: a comment, or an issue by its number. */
export interface ReactionTarget {
  readonly kind: "comment" | "issue";
  readonly id: number;
}

/** Reactions are decoration: what goes wrong is told, never thrown. */
export interface Reactions {
  /** Adding the same one twice changes nothing. `undefined` when it stands, else why it does not. */
  react(target: ReactionTarget, reaction: Reaction): Promise<string | undefined>;
}

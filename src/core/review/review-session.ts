import type { Sha256 } from "../sticky/marker.ts";
import type { Review } from "./review.ts";

/** A session's files at one commit; without any, the session does not exist there. */
export interface Files {
  /** The session's folder, relative to the repository. */
  readonly folder: string;
  /** File name → its bytes. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** A change of one session: its files before and after. */
export interface ReviewInput {
  readonly session: string;
  /** Where the change begins; its session.yml gives the rules. */
  readonly base: Files;
  readonly head: Files;
  /** The present instant, ISO 8601 UTC. */
  readonly now: string;
  readonly sha256: Sha256;
}

/** Finds what a change of a session does that a reviewer should know, as spec/05 lists it. */
export function reviewSession(_input: ReviewInput): Review {
  throw new Error("not written yet");
}

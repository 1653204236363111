/** What became of the launch of one experiment. Reasons are sentences. */
export type LaunchOutcome =
  | { readonly kind: "launched"; readonly experimentId: string; readonly jobId: string }
  | {
      /**
       * `refused`: a rule is against it · `failed`: no job came of it · `unknown`: a person has to look · `not-started`:
       * left for another run, nothing happened.
       */
      readonly kind: "refused" | "failed" | "unknown" | "not-started";
      readonly experimentId: string;
      readonly reason: string;
    };

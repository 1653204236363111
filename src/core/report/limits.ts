/** Longest texts a report shows, in UTF-16 units; longer ones end with `…` at a grapheme boundary. */
export const LIMITS = { id: 200, cell: 120, text: 400, command: 400 } as const;

/** Most entries a list of the report carries; what is beyond is counted. */
export const CAPS = {
  stale: 10,
  news: 5,
  active: 30,
  proposals: 20,
  undecided: 10,
  forcedResults: 5,
  failureClasses: 8,
  failureExamples: 3,
  chartPoints: 80,
  lineageBest: 3,
  lineageGenerations: 4,
  lineageChildren: 6,
} as const;

/** Time and chance, so that nothing else has to ask the machine. */
export interface Clock {
  /** The present instant as ISO 8601 UTC with seconds and `Z`. */
  now(): string;
  /** Milliseconds of a clock that only moves forward. */
  monotonicMs(): number;
  sleep(milliseconds: number): Promise<void>;
  /** A number in [0, 1). */
  random(): number;
}

/** Names that reach into JavaScript's objects; nobody needs them for a key. */
export const PROTOTYPE_NAMES: ReadonlySet<string> = new Set([
  "__proto__",
  "constructor",
  "prototype",
]);

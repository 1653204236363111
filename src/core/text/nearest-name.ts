import { distance } from "fastest-levenshtein";

/** The known name a mistyped one was probably meant to be: at most a third of its letters, and 3, differ. */
export function nearestName(typed: string, known: Iterable<string>): string | undefined {
  const most = Math.min(3, Math.ceil(typed.length / 3));
  let nearest: string | undefined;
  let least = most + 1;
  const wanted = typed.toLowerCase();
  for (const name of known) {
    // As many letters differ as one name has more than the other: most names need no look at all.
    if (Math.abs(name.length - typed.length) >= least) continue;
    const apart = distance(wanted, name.toLowerCase());
    if (apart < least) {
      nearest = name;
      least = apart;
    }
  }
  return nearest;
}

import picomatch from "picomatch";

/**
 * A test whether a text matches one of the globs as a whole. `*` matches any characters, slashes
 * and a leading dot too, because what is matched are words, names and arguments rather than files.
 */
export function createGlobTest(globs: readonly string[]): (text: string) => boolean {
  const tests = globs.map((glob) =>
    picomatch(glob, { bash: true, dot: true, nonegate: true, noextglob: true, windows: false }),
  );
  return (text) => tests.some((test) => test(text));
}

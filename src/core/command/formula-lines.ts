/** Lines of a paragraph that begin within a formula, `$$ … $$`, by their index; what nothing closes is no formula. */
export function formulaLines(lines: readonly string[]): ReadonlySet<number> {
  const within = new Set<number>();
  let since: number | undefined;
  for (const [index, line] of lines.entries()) {
    const isToggled = line.split("$$").length % 2 === 0;
    if (!isToggled) continue;
    if (since === undefined) since = index;
    else {
      for (let at = since + 1; at <= index; at += 1) within.add(at);
      since = undefined;
    }
  }
  return within;
}

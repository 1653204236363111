/** How a command begins: `/approve`, with a prefix `/exp approve`. */
export function commandWord(name: string, prefix: string | undefined): string {
  return prefix === undefined ? `/${name}` : `/${prefix} ${name}`;
}

/** Commands as they are written at the start of lines, with the prefix where there is one. */
export function withPrefix(text: string, prefix: string | undefined): string {
  return prefix === undefined ? text : text.replaceAll(/^\//gm, `/${prefix} `);
}

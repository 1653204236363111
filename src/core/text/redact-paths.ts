/** A folder whose paths are shortened, and what stands for it. */
interface Folder {
  readonly prefix: string;
  /** Replaces `prefix` and the separator behind it. */
  readonly inside: string;
  /** Replaces `prefix` alone. */
  readonly itself: string;
}

/** Characters that continue a path or a file name: at either side of them there is no boundary. */
const NAME = /[\p{L}\p{N}_.~@%+-]/u;

/**
 * Makes paths under the repository relative to it and paths under the home folder begin with `~`.
 * Only at path boundaries: `/home/ann` says nothing about `/home/anna` or `/mnt/home/ann`.
 */
export function createPathShortener(folders: {
  readonly repositoryRoot?: string | undefined;
  readonly home?: string | undefined;
}): (text: string) => string {
  const known = [
    ...spellingsOf(folders.repositoryRoot, { inside: "", itself: "." }),
    ...spellingsOf(folders.home, { inside: "~/", itself: "~" }),
  ].sort((a, b) => b.prefix.length - a.prefix.length);
  return (text) => {
    let shortened = text;
    for (const folder of known) {
      if (shortened.includes(folder.prefix)) shortened = shorten(shortened, folder);
    }
    return shortened;
  };
}

function spellingsOf(root: string | undefined, names: Omit<Folder, "prefix">): Folder[] {
  const prefix = root?.replace(/[/\\]{1,8}$/, "") ?? "";
  // "/" and "C:" hold everything: shortening them would say nothing.
  if (prefix.length < 3) return [];
  const spellings = prefix.includes("\\")
    ? [prefix, prefix.replaceAll("\\", "/"), prefix.replaceAll("\\", "\\\\")]
    : [prefix];
  return spellings.map((spelling) => ({ prefix: spelling, ...names }));
}

function shorten(text: string, folder: Folder): string {
  let result = "";
  let from = 0;
  let at = text.indexOf(folder.prefix);
  while (at >= 0) {
    const end = at + folder.prefix.length;
    const replaced = beginsPath(text, at) ? endOf(text, end, folder) : undefined;
    result += text.slice(from, at) + (replaced?.text ?? folder.prefix);
    from = replaced?.end ?? end;
    at = text.indexOf(folder.prefix, from);
  }
  return result + text.slice(from);
}

function beginsPath(text: string, at: number): boolean {
  if (at === 0 || text.endsWith("file://", at)) return true;
  const before = text.charAt(at - 1);
  return before !== "/" && before !== "\\" && !NAME.test(before);
}

function endOf(
  text: string,
  end: number,
  folder: Folder,
): { text: string; end: number } | undefined {
  const separator = /^(?:\/+|\\{1,8})/.exec(text.slice(end, end + 8))?.[0];
  if (separator === undefined) {
    return NAME.test(text.charAt(end)) ? undefined : { text: folder.itself, end };
  }
  const hasRest = NAME.test(text.charAt(end + separator.length));
  return { text: hasRest ? folder.inside : folder.itself, end: end + separator.length };
}

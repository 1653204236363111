/**
 * Where a session's file stands, for messages.
 *
 * @param session its folder, and the paths of files that stand elsewhere
 */
export function pathInSession(
  session: { readonly folder: string; readonly paths?: ReadonlyMap<string, string> },
  file: string,
): string {
  return session.paths?.get(file) ?? `${session.folder}/${file}`;
}

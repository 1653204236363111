/** Commands the Actions runner has handlers for; it compares names without regard to case. */
const REGISTERED = new Set([
  "internal-set-repo-path",
  "set-env",
  "set-output",
  "save-state",
  "add-path",
  "add-mask",
  "add-matcher",
  "remove-matcher",
  "debug",
  "warning",
  "error",
  "notice",
  "group",
  "endgroup",
  "echo",
  "stop-commands",
]);

/** White space of .NET's TrimStart, and the invisible characters its culture-aware StartsWith may skip. */
const LEADING = /^(?:[\s\u0085\p{Cf}]|\u034f)+/u;

type Command = { name: string; text: string; data: string };

function nameOf(info: string): string {
  return (info.split(" ")[0] ?? "").toLowerCase();
}

/** `::name key=value::data`, after leading white space (the runner's TryParseV2). */
function parseV2(line: string, accepts: (name: string) => boolean): Command | undefined {
  const message = line.replace(LEADING, "");
  if (!message.startsWith("::")) return undefined;
  const end = message.indexOf("::", 2);
  if (end < 0) return undefined;
  const name = nameOf(message.slice(2, end));
  return accepts(name) ? { name, text: message, data: message.slice(end + 2) } : undefined;
}

/** `##[name key=value]data`, anywhere in the line (the runner's TryParse). */
function parseV1(line: string, accepts: (name: string) => boolean): Command | undefined {
  const start = line.indexOf("##[");
  if (start < 0) return undefined;
  const end = line.indexOf("]", start);
  if (end < 0) return undefined;
  const name = nameOf(line.slice(start + 3, end));
  return accepts(name) ? { name, text: line.slice(start), data: line.slice(end + 1) } : undefined;
}

/**
 * The workflow commands the runner would execute on seeing this output, each as it stands in its
 * line. Lines end at LF, CR or CRLF; `stop-commands` holds until its token is given.
 */
export function workflowCommands(text: string): string[] {
  const commands: string[] = [];
  let stopToken: string | undefined;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const token = stopToken;
    const accepts = (name: string): boolean =>
      REGISTERED.has(name) || (token !== undefined && name === token.toLowerCase());
    const command = parseV2(line, accepts) ?? parseV1(line, accepts);
    if (!command) continue;
    if (token !== undefined) {
      if (command.name === token.toLowerCase()) stopToken = undefined;
      continue;
    }
    commands.push(command.text);
    if (command.name === "stop-commands") stopToken = command.data.trim();
  }
  return commands;
}

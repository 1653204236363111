import type { RootContent } from "mdast";
import type { CommandName } from "../../command/command.ts";
import { COMMANDS } from "../../command/registry.ts";
import { withPrefix } from "../../text/command-word.ts";
import { code, fence, paragraph, table } from "../markdown.ts";

/** Every command with its meaning, the role it needs, and an example. */
export function renderHelp(prefix: string | undefined): readonly RootContent[] {
  const names = Object.keys(COMMANDS) as readonly CommandName[];
  const examples = names.map((name) => withPrefix(COMMANDS[name].example, prefix));
  return [
    table(
      [
        { head: "Command", cell: (name) => code(withPrefix(COMMANDS[name].usage, prefix)) },
        { head: "What it does", cell: (name) => COMMANDS[name].about },
        { head: "Who may", cell: whoMay },
      ],
      names,
    ),
    paragraph("Examples; each command begins at the start of a line:"),
    fence("text", examples.join("\n\n")),
  ];
}

/** The least role that may give a command. */
export function whoMay(name: CommandName): string {
  const { needs, isProposers } = COMMANDS[name];
  return isProposers === true ? `${needs}, or who proposed it` : needs;
}

import type { RootContent } from "mdast";
import { COMMANDS } from "../../command/registry.ts";
import { code, fence, paragraph, table } from "../markdown.ts";

/** Every command with its meaning, the role it needs, and an example. */
export function renderHelp(prefix: string | undefined): readonly RootContent[] {
  const commands = Object.values(COMMANDS);
  const examples = commands.map(({ example }) => withPrefix(example, prefix));
  return [
    table(
      [
        { head: "Command", cell: ({ usage }) => code(withPrefix(usage, prefix)) },
        { head: "What it does", cell: ({ about }) => about },
        { head: "Who may", cell: ({ needs }) => needs },
      ],
      commands,
    ),
    paragraph("Examples; each command begins at the start of a line:"),
    fence("text", examples.join("\n\n")),
  ];
}

function withPrefix(text: string, prefix: string | undefined): string {
  return prefix === undefined ? text : text.replaceAll(/^\//gm, `/${prefix} `);
}

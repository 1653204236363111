import type { SplitCommand } from "./split-command.ts";
import { literalWords } from "./template.ts";

/**
 * The arguments of a proposal without the program it may begin with, so that people may write whole commands: with the launch
 * command `[python, train.py, --launcher, queued, "{args...}"]`, `python train.py --lr=1` is `--lr=1`. The words of the launch
 * command before its first placeholder may stand there, or those of them before the first that begins with `--`. A proposal that
 * begins with the same word and goes on differently means another program.
 */
export function withoutProgram(
  args: readonly string[],
  launchCommand: readonly string[],
): SplitCommand {
  const words = literalWords(launchCommand);
  const firstOption = words.findIndex((word) => word.startsWith("--"));
  const program = firstOption < 0 ? words : words.slice(0, firstOption);
  const stripped = [words, program].find((start) => beginsWith(args, start));
  if (stripped !== undefined) return { kind: "argv", argv: args.slice(stripped.length) };
  if (args[0] !== words[0]) return { kind: "argv", argv: args };
  return {
    kind: "invalid",
    reason:
      "starts another program than launch.command in session.yml: write its arguments alone, or begin as launch.command does",
  };
}

function beginsWith(args: readonly string[], start: readonly string[]): boolean {
  return start.length <= args.length && start.every((word, at) => args[at] === word);
}

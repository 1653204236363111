import { expect, test } from "vitest";
import { parseComment } from "../../../../src/core/command/parse-comment.ts";
import { renderCommand } from "../../../../src/core/command/render-command.ts";

test.each([
  "*www.a.b<!-->",
  "http://a.b/<!-- x -->",
  "a@b.co<!--",
  "x --> www.x.y-->",
  "<!-- \\l --\\g -->",
])("a comment mark behind an address is read back: %s", (text) => {
  const command = { name: "note", id: "a", text } as const;
  const parsed = parseComment(renderCommand(command));
  expect(parsed).toMatchObject({ kind: "commands", commands: [{ command }] });
});

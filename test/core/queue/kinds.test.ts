import { expect, it } from "vitest";
import { QUEUE_KINDS, queueKind } from "../../../src/core/queue/kinds.ts";

it("a kind is found by its name", () => {
  for (const kind of QUEUE_KINDS) expect(queueKind(kind.name)).toBe(kind);
});

it.each([
  ["xaxx", "Did you mean xax?"],
  ["something-else", undefined],
])("%s is refused with the kinds there are", (name, remedy) => {
  expect(() => queueKind(name)).toThrow(
    expect.objectContaining({
      message: `unknown queue kind "${name}", expected one of ${QUEUE_KINDS.map((kind) => kind.name).join(", ")}`,
      remedy,
      exitCode: 2,
    }),
  );
});

it("a name that would command the runner is shown harmlessly", () => {
  expect(() => queueKind("##[x]")).toThrow('unknown queue kind "\\u0023\\u0023[x]"');
});

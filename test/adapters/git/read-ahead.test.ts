import { expect, it } from "vitest";
import type { GitObject } from "../../../src/adapters/git/object-reader.ts";
import { readAhead } from "../../../src/adapters/git/read-ahead.ts";

const wanted = Array.from({ length: 40 }, (_, at) => ({ oid: `${at}` }));
const objectOf = (oid: string): GitObject => ({ oid, type: "blob", content: Buffer.from(oid) });

it("asks for sixteen objects before the first is used, and never for more at once", async () => {
  const asked: string[] = [];
  const read = async (oid: string) => {
    asked.push(oid);
    return objectOf(oid);
  };
  let used = 0;
  const waiting: number[] = [];
  for await (const [one, object] of readAhead({ read }, wanted)) {
    expect([one.oid, object?.oid]).toEqual([`${used}`, `${used}`]);
    waiting.push(asked.length - used);
    used += 1;
  }
  expect(asked).toEqual(wanted.map(({ oid }) => oid));
  expect(Math.max(...waiting)).toBe(16);
  expect(waiting[0]).toBe(16);
});

it("tells a failure when its turn comes, and what is missing as such", async () => {
  const read = async (oid: string) => {
    if (oid === "2") throw new Error("ended early");
    return oid === "1" ? undefined : objectOf(oid);
  };
  const seen: (string | undefined)[] = [];
  const reading = (async () => {
    for await (const [, object] of readAhead({ read }, wanted)) seen.push(object?.oid);
  })();
  await expect(reading).rejects.toThrow("ended early");
  expect(seen).toEqual(["0", undefined]);
});

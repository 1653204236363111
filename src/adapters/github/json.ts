import { RemoteError } from "../../core/errors.ts";

/** A value inside an answer; `undefined` where it is absent or null. */
export function readPath(value: unknown, ...keys: readonly string[]): unknown {
  let found = value;
  for (const key of keys) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found ?? undefined;
}

/** A text inside an answer. Throws `RemoteError` when GitHub's answer lacks it. */
export function readText(value: unknown, ...keys: readonly string[]): string {
  const found = readPath(value, ...keys);
  if (typeof found === "string") return found;
  throw new RemoteError(`GitHub's answer lacks the text ${keys.join(".")}.`);
}

/** A whole number inside an answer; GraphQL's BigInt comes as text. Throws `RemoteError` when it is absent. */
export function readNumber(value: unknown, ...keys: readonly string[]): number {
  const found = Number(readPath(value, ...keys) ?? Number.NaN);
  if (Number.isSafeInteger(found)) return found;
  throw new RemoteError(`GitHub's answer lacks the number ${keys.join(".")}.`);
}

/** A list inside an answer; absent is empty. */
export function readList(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  const found = readPath(value, ...keys);
  return Array.isArray(found) ? found : [];
}

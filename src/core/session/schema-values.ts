import * as z from "zod/mini";

/* Kinds of values in session.yml. Every `error` completes the sentence "expected …". */

/** A flag. */
export const yesOrNo = (description: string) =>
  z.optional(z.boolean("true or false").check(z.describe(description)));

/** Text of one line, without control characters. */
export const text = (expected = "a text of 1 to 256 characters on one line", most = 256) =>
  z
    .string(expected)
    .check(z.minLength(1, expected), z.maxLength(most, expected), z.regex(/^\P{Cc}*$/u, expected));

/** A whole number, both ends included. */
export const whole = (least: number, description: string, most = 1_000_000) => {
  const expected = `a whole number from ${least} to ${most}`;
  return z.optional(
    z
      .int(expected)
      .check(z.minimum(least, expected), z.maximum(most, expected), z.describe(description)),
  );
};

/** A number above 0. */
export const positive = (description: string) =>
  z.optional(
    z.number("a number above 0").check(z.gt(0, "a number above 0"), z.describe(description)),
  );

/** A list of at most 100 entries. */
export const list = <T extends z.core.$ZodType>(item: T, expected: string) =>
  z.array(item, expected).check(z.maxLength(100, "at most 100 entries"));

/** One text or a list of them. */
export const oneOrMore = (expected: string) =>
  z.union([text(), list(text(), expected).check(z.minLength(1, expected))], expected);

/** A section, which refuses keys it does not know. */
export const mapping = <T extends z.core.$ZodShape>(shape: T, description: string) =>
  z.optional(
    z
      .strictObject(shape, {
        error: (issue) => (issue.code === "unrecognized_keys" ? undefined : "a mapping of keys"),
      })
      .check(z.describe(description)),
  );

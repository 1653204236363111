import { expect, test } from "vitest";
import { isRedacted } from "../../../src/core/command/is-redacted.ts";

test.each(["--key=[redacted]", "x[redacted]y", "~/data", "--data=~/data", "--data=~", "a:~/b"])(
  "%s was written otherwise",
  (text) => {
    expect(isRedacted(text)).toBe(true);
  },
);

test.each(["--key=redacted", "a~/b", "backup~", "~key", "a/~/b", "--lr=1"])(
  "%s is as it was written",
  (text) => {
    expect(isRedacted(text)).toBe(false);
  },
);

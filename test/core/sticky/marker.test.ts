import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseMarker, renderMarker, stickyKey } from "../../../src/core/sticky/marker.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const marker = { key: "lj.0123456789abcdef", rev: "a".repeat(40), seq: 7, hash: "b".repeat(64) };

test("the marker is one HTML comment of fixed form", () => {
  expect(renderMarker(marker)).toBe(
    `<!-- experiment-monitor:report lj.0123456789abcdef rev=${"a".repeat(40)} seq=7 hash=${"b".repeat(64)} -->`,
  );
});

test("a marker reads back as it was written, whatever the session", () => {
  const session = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,63}$/);
  fc.assert(
    fc.property(session, fc.nat(), fc.string(), (name, seq, text) => {
      const key = stickyKey({ repository: "o/r", session: name }, sha256);
      const written = { key, rev: sha256(text).slice(0, 40), seq, hash: sha256(text) };
      expect(parseMarker(`${renderMarker(written)}\n# Report\n`)).toEqual(written);
    }),
  );
});

test("a first line that GitHub ended with CRLF is still the marker", () => {
  expect(parseMarker(`${renderMarker(marker)}\r\n# Report`)).toEqual(marker);
});

test.each([
  ["on the second line", `\n${renderMarker(marker)}`],
  ["after text", `x ${renderMarker(marker)}`],
  ["before text", `${renderMarker(marker)} x`],
  ["indented", ` ${renderMarker(marker)}`],
  ["quoted", `> ${renderMarker(marker)}`],
  ["of another kind", renderMarker(marker).replace(":report", ":reply")],
  ["without a hash", renderMarker(marker).replace(/ hash=\w+/, "")],
  ["with a seq that is no number", renderMarker(marker).replace("seq=7", "seq=7e9")],
  ["in an empty body", ""],
])("a marker %s is none", (_, body) => {
  expect(parseMarker(body)).toBeUndefined();
});

test("the key tells sessions and repositories apart, but not upper and lower case of a repository", () => {
  const key = stickyKey({ repository: "Owner/Repo", session: "lj" }, sha256);
  expect(key).toMatch(/^lj\.[0-9a-f]{16}$/);
  expect(stickyKey({ repository: "owner/repo", session: "lj" }, sha256)).toBe(key);
  expect(key).toBe(`lj.${sha256("owner/repo\nlj").slice(0, 16)}`);
  expect(stickyKey({ repository: "owner/repo2", session: "lj" }, sha256)).not.toBe(key);
  expect(stickyKey({ repository: "owner/repo", session: "lj2" }, sha256)).not.toBe(key);
});

import { describe, expect, it } from "vitest";
import { reviewSession } from "../../../src/core/review/review-session.ts";
import { NOW } from "../../builders/log.ts";
import { sha256 } from "../../builders/modes.ts";
import { BAD_EDITS, type Edit, LEGAL_EDITS } from "./corpus.ts";

const FOLDER = "experiments/mnist";

function review({ base, head }: Pick<Edit, "base" | "head">) {
  return reviewSession({
    session: "mnist",
    base: { folder: FOLDER, files: base },
    head: { folder: FOLDER, files: head },
    now: NOW,
    sha256,
  }).review;
}

function placesOf(edit: Edit) {
  return review(edit)
    .findings.map(({ code, path, line }) => `${path.slice(FOLDER.length + 1)}:${line} ${code}`)
    .sort();
}

describe("a bad edit", () => {
  it.each(BAD_EDITS)("is found in its line: $name", (edit) => {
    const expected = edit.expected.map(({ code, file, line }) => `${file}:${line} ${code}`);
    expect(expected).not.toEqual([]);
    expect(placesOf(edit)).toEqual(expected.sort());
  });

  it("is one of at least 60, each with a name of its own", () => {
    expect(BAD_EDITS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(BAD_EDITS.map(({ name }) => name)).size).toBe(BAD_EDITS.length);
  });
});

describe("a legal edit", () => {
  it.each(LEGAL_EDITS)("is not flagged: $name", (edit) => {
    expect(review(edit).findings).toEqual([]);
  });

  it("is one of at least 40, each with a name of its own", () => {
    expect(LEGAL_EDITS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(LEGAL_EDITS.map(({ name }) => name)).size).toBe(LEGAL_EDITS.length);
  });
});

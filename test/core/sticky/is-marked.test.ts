import { describe, expect, it } from "vitest";
import { isMarked } from "../../../src/core/sticky/is-marked.ts";
import { renderMarker } from "../../../src/core/sticky/marker.ts";
import { renderReplyMarker } from "../../../src/core/sticky/reply-marker.ts";

const marker = { key: "mnist.0123456789abcdef", rev: "b".repeat(40), seq: 1, hash: "c".repeat(64) };

describe("isMarked", () => {
  it("knows reports and replies by how they begin", () => {
    expect(isMarked(`${renderMarker(marker)}\nA report.`)).toBe(true);
    expect(isMarked(`${renderReplyMarker("77")}\nA reply.`)).toBe(true);
  });

  it("leaves what people write to them, also when they quote one", () => {
    expect(isMarked("/status")).toBe(false);
    expect(isMarked(`> ${renderReplyMarker("77")}\n\n/status`)).toBe(false);
  });
});

import { describe, expect, test } from "vitest";
import { defaultSettings } from "../../../src/core/session/defaults.ts";
import { parseSettings } from "../../../src/core/session/parse-settings.ts";
import { renderSettings, type SettingsDraft } from "../../../src/core/session/render-settings.ts";

const PATH = "experiments/a/session.yml";
const SCHEMA = "https://example.org/session.schema.json";

function rendered(draft: Partial<SettingsDraft> = {}): string {
  return renderSettings({ schema: SCHEMA, ...draft });
}

/** Every commented setting switched on; prose has no colon behind its first word. */
function uncommented(text: string): string {
  return text.replace(/^( *)# ( *(?!yaml-)[a-z-]+:(?: |$))/gm, "$1$2");
}

describe("the session.yml that start writes", () => {
  test("names its schema on the first line, for editors", () => {
    expect(rendered().split("\n")[0]).toBe(`# yaml-language-server: $schema=${SCHEMA}`);
  });

  test("changes nothing while nothing is known", () => {
    expect(parseSettings(rendered(), PATH)).toEqual(defaultSettings());
  });

  test("holds what is known, however it is spelled", () => {
    const draft = {
      objective: { metric: '# true: "x"', mode: "max", target: 1e-7 },
      issue: 7,
      queueKind: "no",
    } as const;
    const settings = parseSettings(rendered(draft), PATH);
    expect(settings.objective).toEqual({ ...draft.objective, sameTask: false });
    expect(settings.issue).toBe(7);
    expect(settings.queue.kind).toBe("no");
  });

  test.each([{}, { objective: { metric: "a" } }, { queueKind: "xax" }, { issue: 3 }])(
    "shows only settings that are valid once uncommented: %j",
    (draft: Partial<SettingsDraft>) => {
      const settings = parseSettings(uncommented(rendered(draft)), PATH);
      expect(settings.objective).toMatchObject({ mode: "min", target: 0.3, minDelta: 0.001 });
      expect(settings.queue).toMatchObject({
        kind: "xax",
        source: "gpu01",
        staleAfterSeconds: 3600,
      });
      expect(settings.stop.maxExperiments).toBe(40);
      expect(settings.redact.patterns).toHaveLength(1);
    },
  );

  test.each([
    "a/b_c.d-e",
    "yesterday",
    "on-call",
    "true",
    "N",
    "1a",
    "a: b",
    "a #b",
    "-a",
    "é",
    "a b",
  ])("holds the metric %j as that text", (metric) => {
    const settings = parseSettings(rendered({ objective: { metric } }), PATH);
    expect(settings.objective.metric).toBe(metric);
    const isPlain = ["a/b_c.d-e", "yesterday", "on-call"].includes(metric);
    expect(rendered({ objective: { metric } })).toContain(
      `  metric: ${isPlain ? metric : JSON.stringify(metric)}\n`,
    );
  });

  test("names the queue's kind alone, and shows the rest beside it as comments", () => {
    const text = rendered({ queueKind: "xax" });
    expect(text).toContain("\nqueue:\n  kind: xax\n  # status: xax queue status --json #");
    expect(rendered()).toContain("\n# queue:\n#   kind: xax\n#   status: xax queue");
  });

  test("opens no objective of which nothing is known", () => {
    expect(rendered({ objective: {} })).toContain("\n# objective:\n#   metric: val/loss\n");
    expect(rendered({ objective: { mode: "max" } })).toContain(
      "\nobjective:\n  # metric: val/loss\n  mode: max # max or min\n",
    );
  });

  test("reads well", async () => {
    await expect(
      rendered({ objective: { metric: "val/loss", mode: "min" }, issue: 12 }),
    ).toMatchFileSnapshot("../../golden/session/session.yml");
  });
});

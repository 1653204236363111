import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mermaidLabel, powerOfTen, scaleNumbers } from "../../../src/core/report/mermaid.ts";
import { renderedReport } from "../../builders/report.ts";
import { diagramsOf, parseMermaid } from "../../support/mermaid.ts";

describe("labels", () => {
  test("keep what people write in names", () => {
    expect(mermaidLabel("val/loss (smoothed), 95%")).toBe("val/loss (smoothed), 95%");
  });

  test("lose what Mermaid, Markdown, KaTeX or HTML could read", () => {
    expect(mermaidLabel('a"b`c$$d<e>f#quot;g\nh\\i[j]{k}|l;m@n')).toBe(
      "a_b_c__d_e_f_quot_g_h_i_j__k__l_m_n",
    );
  });

  test("are cut when they are long", () => {
    expect(mermaidLabel("x".repeat(100))).toBe(`${"x".repeat(39)}…`);
    expect(mermaidLabel("x".repeat(41))).toBe(`${"x".repeat(39)}…`);
    expect(mermaidLabel("x".repeat(40))).toBe("x".repeat(40));
    expect(mermaidLabel(`${"x".repeat(38)}   y`)).toBe(`${"x".repeat(38)}…`);
  });

  test("hold no comment, and a single sign of percent as it is", () => {
    expect(mermaidLabel("%%")).toBe("_%");
    expect(mermaidLabel("5%%% of 9%")).toBe("5__% of 9%");
  });

  test("hold no address", () => {
    expect(mermaidLabel("https://a.test and ftp://b.test")).toBe("https:__a.test and ftp:__b.test");
  });
});

describe("numbers", () => {
  test.each([
    [0.4352, 0.1, 0, "0.4352"],
    [4.2e-7, 1e-7, -7, "4.2"],
    [123456789, 1000, 8, "1.23456789"],
    [0, 0, 0, "0"],
  ])("%s over a span of %s is written in units of 10^%s as %s", (value, span, exponent, text) => {
    const scale = scaleNumbers(value, span);
    expect(scale.exponent).toBe(exponent);
    expect(scale.format(value)).toBe(text);
  });

  test.each([
    [1, 0.5, -1e-9, "0"],
    [1, 0.5, -0.25, "-0.25"],
    [1, 0.5, 1.2, "1.2"],
    [1, 0.5, 1.23456, "1.2346"],
    [5000, 5000, 1234.6, "1235"],
    [900_000, 900_000, 100, "100"],
    [2e6, 2e6, 1_500_000, "1.5"],
    [0.005, 0.005, 0.0012, "1.2"],
    [0.05, 0.05, 0.012, "0.012"],
    [3, 0, 2, "2"],
  ])("of a scale for %s over %s, %s is %s", (largest, span, value, text) => {
    expect(scaleNumbers(largest, span).format(value)).toBe(text);
  });

  test("never carry an exponent", () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const scale = scaleNumbers(Math.max(Math.abs(a), Math.abs(b)), Math.abs(a / 2 - b / 2) * 2);
        expect(scale.format(a)).toMatch(/^-?\d+(\.\d+)?$/);
      }),
    );
  });

  test("a power of ten is written with raised digits", () => {
    expect(powerOfTen(-12)).toBe("10⁻¹²");
  });
});

describe("diagrams", () => {
  test("of a metric that looks like a comment are read by Mermaid", async () => {
    const rows = ["1", "2"].map((objective_value) => ({ objective_value, objective_metric: "%%" }));
    const [chart = ""] = diagramsOf(renderedReport(rows).markdown);
    expect(await parseMermaid(chart)).toBe("xychart");
  });

  test("of any values are read by Mermaid", async () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ min: -1e-6, max: 1e-6, noNaN: true }),
      fc.constantFrom(0, -0, 1e300, 5e-324, -1e-9),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(value, { minLength: 2, maxLength: 120 }),
        fc.string(),
        async (values, metric) => {
          const rows = values.map((one) => ({
            objective_value: String(one),
            objective_metric: metric,
          }));
          const [chart = ""] = diagramsOf(renderedReport(rows).markdown);
          expect(await parseMermaid(chart)).toBe("xychart");
        },
      ),
      { numRuns: 150 },
    );
  });

  test("of any ids are read by Mermaid", async () => {
    const id = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom("end", "graph", "o", "x", "class", '"]', "%%{"),
    );
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(id, { minLength: 2, maxLength: 6 }), async (ids) => {
        const rows = ids.map((experiment_id, at) => ({
          experiment_id,
          parent_experiment_id: at === 0 ? "" : (ids[at - 1] ?? ""),
          objective_metric: "loss",
          objective_value: String(at),
        }));
        const diagrams = diagramsOf(renderedReport(rows).markdown);
        expect(await Promise.all(diagrams.map(parseMermaid))).toEqual(["xychart", "flowchart-v2"]);
      }),
      { numRuns: 150 },
    );
  });
});

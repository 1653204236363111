import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const MANIFEST = JSON.parse(readFileSync("package.json", "utf8"));

describe("docs/dependencies.md", () => {
  const rows = [
    ...readFileSync("docs/dependencies.md", "utf8").matchAll(/^\| `([^`]+)` \| (.+) \|$/gm),
  ];

  test.each(["dependencies", "devDependencies"])("gives a reason for each of %s", (kind) => {
    const reasons = new Map(rows.map(([, name, reason]) => [name, reason]));
    for (const name of Object.keys(MANIFEST[kind])) {
      expect(reasons.get(name), name).toMatch(/^.{15,}\.$/);
    }
  });

  test("names nothing that is not there", () => {
    const known = Object.keys({ ...MANIFEST.dependencies, ...MANIFEST.devDependencies });
    expect(rows.map(([, name]) => name).filter((name) => !known.includes(name ?? ""))).toEqual([]);
  });
});

test("every dependency is pinned to one version", () => {
  for (const [name, version] of Object.entries({
    ...MANIFEST.dependencies,
    ...MANIFEST.devDependencies,
  })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  }
});

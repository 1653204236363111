import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseSettings } from "../../src/core/session/parse-settings.ts";
import { exists, type Page, readPage, readPages } from "./pages.ts";

/** Pages that newcomers and contributors read besides README and docs. */
const OTHERS = [
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "AGENTS.md",
  "examples/README.md",
];

const pages = [...readPages(), ...OTHERS.filter(exists).map(readPage)];

const MACHINE_PATH = /(?:^|[\s"'`(=:])\/(?:work|root|tmp|Users|mnt|home\/(?!ann\b|ml\b))\b/m;
const REGISTRY = /registry\.npmjs|localhost:\d|127\.0\.0\.1:\d|artifactory|nexus|pypi\.org/i;

describe.each(pages)("$path", (page) => {
  it("links only to files and headings that exist", () => {
    expect(page.links.filter((link) => !isResolved(page, link.url))).toEqual([]);
  });

  it("shows session.yml as the program reads it", () => {
    for (const { text, line } of settingsBlocks(page)) {
      const place = `${page.path}:${line}`;
      expect(() => parseSettings(text, place)).not.toThrow();
    }
  });

  it("shows YAML that parses", () => {
    for (const { text, line } of page.blocks.filter(({ language }) => language === "yaml")) {
      expect(() => parse(text), `${page.path}:${line}`).not.toThrow();
    }
  });

  it("names no place of anybody's machine", () => {
    expect(page.markdown).not.toMatch(MACHINE_PATH);
    expect(page.markdown).not.toMatch(REGISTRY);
  });
});

it("finds the blocks and the links that are looked at", () => {
  const yaml = pages.flatMap(({ blocks }) => blocks.filter(({ language }) => language === "yaml"));
  const settings = pages.flatMap(settingsBlocks);
  expect(settings.length).toBeGreaterThan(5);
  expect(yaml.length).toBeGreaterThan(settings.length);
  expect(pages.flatMap(({ links }) => links).length).toBeGreaterThan(100);
});

it("README leads to every page of docs", () => {
  const [readme, ...docs] = readPages();
  const linked = new Set(readme?.links.map(({ url }) => url.replace(/#.*/, "")));
  expect(docs.map(({ path }) => path).filter((path) => !linked.has(path))).toEqual([]);
});

/** A YAML block is a session.yml unless it is a workflow, or part of one. */
function settingsBlocks({ blocks }: Page): Page["blocks"] {
  return blocks.filter(
    ({ language, text }) =>
      language === "yaml" && !/^(?:on|jobs|permissions|steps|- uses|- name|name):?/m.test(text),
  );
}

function isResolved(page: Page, url: string): boolean {
  if (/^(?:https|mailto):/.test(url)) return true;
  const [file = "", anchor] = url.split("#");
  const path = file === "" ? page.path : posix.join(posix.dirname(page.path), file);
  if (!exists(path)) return false;
  return anchor === undefined || readPage(path).anchors.has(anchor);
}

import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { ROOT, readPage } from "./pages.ts";

const [layout] = readPage("docs/architecture.md").tables;
const listed = (layout ?? []).flatMap(([folders = ""]) => folders.split(", "));

function foldersIn(parent: string): readonly string[] {
  return readdirSync(`${ROOT}${parent}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${parent}/${name}`);
}

it.each(["src", "src/core", "src/adapters"])(
  "the layout lists each folder of %s, once",
  (parent) => {
    const depth = parent.split("/").length + 1;
    const told = listed.filter(
      (path) => path.startsWith(`${parent}/`) && path.split("/").length === depth,
    );
    expect(told.toSorted()).toEqual(foldersIn(parent).toSorted());
  },
);

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The licence texts of every package that went into the bundle, sorted by name. */
export async function collectLicenses(inputs) {
  const folders = new Set(inputs.map(packageFolder).filter((folder) => folder !== undefined));
  const texts = await Promise.all([...folders].sort().map(describePackage));
  return `${texts.join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}

function packageFolder(input) {
  const match = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  return match === null ? undefined : input.slice(0, match[0].length - 1);
}

async function describePackage(folder) {
  const { name, version, license } = JSON.parse(
    await readFile(join(folder, "package.json"), "utf8"),
  );
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text =
    file === undefined
      ? ""
      : (await readFile(join(folder, file), "utf8")).replaceAll("\r\n", "\n").trim();
  return `${name} ${version} (${license})\n\n${text}`.trim();
}

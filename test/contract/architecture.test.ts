import { posix } from "node:path";
import { describe, expect, test } from "vitest";
import { type SourceFile, sourceFiles } from "./source-files.ts";

const FILES = sourceFiles("src");

/** What a layer may import, by the first folders of the path or the package's name. */
const ALLOWED: Record<string, readonly RegExp[]> = {
  core: [
    /^src\/core\//,
    /^(?:zod\/mini|yaml|picomatch|string-argv|fastest-levenshtein|jsonc-parser|diff)$/,
    /^csv-(?:parse|stringify)(?:\/|$)/,
    /^(?:mdast|micromark|unist)(?:-|$)/,
  ],
  ports: [/^src\/(?:core|ports)\//],
  modes: [/^src\/(?:core|ports|modes)\//, /^p-limit$/],
  entry: [/./],
};

/** Libraries that belong to one folder. */
const HOMES: Record<string, RegExp> = {
  "@actions/": /^src\/adapters\/actions\//,
  "@octokit/": /^src\/adapters\/github\//,
  commander: /^src\/adapters\/cli\//,
  execa: /^src\/adapters\/(?:git|process)\//,
  "proper-lockfile": /^src\/adapters\/files\//,
  "write-file-atomic": /^src\/adapters\/files\//,
  "csv-parse": /^src\/core\/log\//,
  "csv-stringify": /^src\/core\/log\//,
};

interface Import {
  readonly from: string;
  readonly to: string;
}

function importsOf({ path, text }: SourceFile): Import[] {
  const found = text.matchAll(
    /(?:^|\n)(?:import|export)\b[^;"']*?from\s*"([^"]+)"|\bimport\(\s*"([^"]+)"|(?:^|\n)import\s+"([^"]+)"/g,
  );
  return [...found].map(([, a, b, c]) => {
    const target = a ?? b ?? c ?? "";
    const to = target.startsWith(".") ? posix.join(posix.dirname(path), target) : target;
    return { from: path, to };
  });
}

const IMPORTS = FILES.flatMap(importsOf);

function isAllowed({ from, to }: Import): boolean {
  const [, layer = "", folder = ""] = from.split("/");
  if (layer !== "adapters") return ALLOWED[layer]?.some((rule) => rule.test(to)) ?? false;
  const isOwn = to.startsWith(`src/adapters/${folder}/`);
  // Running a program safely is one thing, whoever needs it.
  const isShared = to.startsWith("src/adapters/process/");
  return isOwn || isShared || !/^src\/(?:adapters|modes|entry)\//.test(to);
}

describe("the architecture", () => {
  test("is read from every import there is", () => {
    expect(IMPORTS.length).toBeGreaterThan(FILES.length);
    const statements = FILES.flatMap(
      ({ text }) => text.match(/^import\b|^\} from "|\bimport\(/gm) ?? [],
    );
    expect(IMPORTS.length).toBeGreaterThanOrEqual(statements.length / 2);
  });

  test("has only the layers it names", () => {
    const layers = new Set(FILES.map(({ path }) => path.split("/")[1]));
    expect([...layers].sort()).toEqual(["adapters", "core", "entry", "modes", "ports"]);
  });

  test("lets imports point inwards only", () => {
    expect(IMPORTS.filter((one) => !isAllowed(one))).toEqual([]);
  });

  test("keeps each library in its own folder", () => {
    const strays = IMPORTS.filter(({ from, to }) =>
      Object.entries(HOMES).some(([library, home]) => to.startsWith(library) && !home.test(from)),
    );
    expect(strays).toEqual([]);
  });

  test("keeps ports free of anything that runs", () => {
    for (const { path, text } of FILES.filter(({ path }) => path.startsWith("src/ports/"))) {
      expect(text, path).not.toMatch(/^export (?:const|function|class|let)|^import (?!type)/m);
    }
  });

  test("keeps core pure: no clock, chance, environment, console or waiting", () => {
    const impure =
      /\bMath\.random\b|\bprocess\.|\bconsole\.|\bsetTimeout\b|\bfetch\(|\bcrypto\b|\bDate\b/;
    const comments = /\/\*[\s\S]*?\*\/|\/\/.*$/gm;
    const guilty = FILES.filter(({ path }) => path.startsWith("src/core/"))
      .filter(({ path }) => path !== "src/core/text/time.ts")
      .filter(({ text }) => impure.test(text.replace(comments, "").replace(/"[^"\n]*"/g, '""')));
    expect(guilty.map(({ path }) => path)).toEqual([]);
  });

  test("keeps what is heavy out of what every run loads", () => {
    const heavy =
      /^(?:yaml|zod\/mini|diff|execa|@actions\/github.*|@octokit\/.*|mdast-.*|micromark-.*)$/;
    const eager = new Map<string, string>();
    const visit = (path: string, through: string) => {
      if (eager.has(path)) return;
      eager.set(path, through);
      const text = FILES.find((file) => file.path === path)?.text ?? "";
      const statics = text.matchAll(
        /(?:^|\n)(?:import|export)(?!\s+type\b)\b[^;"']*?from\s*"([^"]+)"/g,
      );
      for (const [, target = ""] of statics) {
        visit(target.startsWith(".") ? posix.join(posix.dirname(path), target) : target, path);
      }
    };
    visit("src/entry/action.ts", "");
    const loaded = [...eager].filter(([path]) => heavy.test(path));
    expect(eager.size).toBeGreaterThan(10);
    expect(loaded).toEqual([]);
  });
});

test("files and functions keep the sizes the house style names", () => {
  const long = FILES.filter(({ text }) => text.split("\n").length > 251);
  expect(long.map(({ path }) => path)).toEqual([]);
});

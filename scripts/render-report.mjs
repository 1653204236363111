// Renders a report to a PNG much as GitHub shows it, so that people can look at it before anybody else does.
//
//   npm install --prefix /tmp/render playwright-core@1 github-markdown-css@5 unified@11 remark-parse@11 remark-gfm@4 \
//     remark-rehype@11 rehype-raw@7 rehype-sanitize@6 rehype-stringify@10 mermaid@11.17.2
//   apt-get install --no-install-recommends chromium fonts-liberation fonts-noto-color-emoji
//   node scripts/render-report.mjs --modules /tmp/render [--theme light|dark] [--width 980] [--until HEADING] REPORT.md OUT.png
//
// The picture of the README: --width 900 --until "Running and queued" test/golden/report/rich.md docs/images/report.png
//
// None of it is a dependency of this package. The sanitiser's default schema is modelled on GitHub's.
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    modules: { type: "string" },
    theme: { type: "string", default: "light" },
    width: { type: "string", default: "980" },
    until: { type: "string" },
    chromium: { type: "string", default: "/usr/bin/chromium" },
  },
});
const [source, target] = positionals;
if (values.modules === undefined || source === undefined || target === undefined) {
  console.error("usage: render-report.mjs --modules DIR [--theme light|dark] REPORT.md OUT.png");
  process.exit(2);
}

const require = createRequire(path.resolve(values.modules, "package.json"));
const load = (name) => import(pathToFileURL(resolveModule(name)).href);

await writeFile(target, await screenshot(page(await toHtml(await readFile(source, "utf8")))));

async function toHtml(markdown) {
  const names = ["unified", "remark-parse", "remark-gfm", "remark-rehype", "rehype-raw"];
  const [{ unified }, parse, gfm, toHast, raw] = await Promise.all(names.map(load));
  const [sanitize, stringify] = await Promise.all(
    ["rehype-sanitize", "rehype-stringify"].map(load),
  );
  const file = await unified()
    .use(parse.default)
    .use(gfm.default)
    .use(toHast.default, { allowDangerousHtml: true })
    .use(raw.default)
    .use(sanitize.default)
    .use(stringify.default)
    .process(markdown);
  return withAlerts(String(file));
}

/** What GitHub makes of a quote that begins with `[!NOTE]`. */
function withAlerts(html) {
  const alert =
    /<blockquote>\s*<p>\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\n([\s\S]*?)<\/blockquote>/g;
  return html.replace(alert, (_, kind, rest) => {
    const name = kind.toLowerCase();
    const title = `<p class="markdown-alert-title">${kind.charAt(0)}${kind.slice(1).toLowerCase()}</p>`;
    return `<div class="markdown-alert markdown-alert-${name}">${title}<p>${rest}</div>`;
  });
}

function page(body) {
  const theme = values.theme;
  return `<!doctype html><meta charset="utf-8"><style>@@CSS@@
    body { margin: 0; } .markdown-body { padding: 24px 32px; } .mermaid { text-align: center; }
    .markdown-body pre.mermaid { background: none; padding: 0; }</style>
    <article class="markdown-body">${body.replace(
      /<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g,
      '<pre class="mermaid">$1</pre>',
    )}</article><script>@@MERMAID@@</script>
    <script>mermaid.initialize({ startOnLoad: false, theme: "${theme === "dark" ? "dark" : "default"}" });
    mermaid.run().then(() => { document.title = "ready"; }, (error) => { document.title = "failed " + error.message; });</script>`;
}

async function screenshot(template) {
  const css = await readFile(
    resolveFile("github-markdown-css", `github-markdown-${values.theme}.css`),
    "utf8",
  );
  const script = await readFile(resolveFile("mermaid", "dist/mermaid.min.js"), "utf8");
  const html = template.replace("@@CSS@@", () => css).replace("@@MERMAID@@", () => script);
  const { chromium } = require("playwright-core");
  const browser = await chromium.launch({
    executablePath: values.chromium,
    args: ["--no-sandbox"],
  });
  try {
    const tab = await browser.newPage({ viewport: { width: Number(values.width), height: 600 } });
    await tab.setContent(html);
    await tab.waitForFunction('document.title === "ready" || document.title.startsWith("failed")');
    const title = await tab.title();
    if (title !== "ready")
      throw new Error(`Mermaid could not draw a diagram of ${source}: ${title}`);
    if (values.until === undefined) return await tab.screenshot({ fullPage: true });
    const heading = tab.getByRole("heading", { name: values.until, exact: true });
    const { y } = await heading.boundingBox();
    const clip = { x: 0, y: 0, width: Number(values.width), height: Math.floor(y) };
    return await tab.screenshot({ clip, fullPage: true });
  } finally {
    await browser.close();
  }
}

function resolveModule(name) {
  return resolveFile(name, moduleEntry(name));
}

function moduleEntry(name) {
  const { exports, main } = require(resolveFile(name, "package.json"));
  const entry = exports?.["."] ?? exports ?? main;
  return typeof entry === "string" ? entry : entry.default;
}

function resolveFile(name, file) {
  return path.resolve(values.modules, "node_modules", name, file);
}

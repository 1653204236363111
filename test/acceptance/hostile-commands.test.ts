import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeLedger } from "../../src/core/command/ledger-codec.ts";
import { HOSTILE_TEXTS } from "../builders/hostile-texts.ts";
import { logText, NOW, readLog } from "../builders/log.ts";
import { liveIn, nodesOf, parseMarkdown } from "../core/report/markdown-tree.ts";
import { expectNoViolations } from "../support/github/server.ts";
import { type ActionResult, workflowCommands } from "../support/runner.ts";
import { type CommandScene, createCommandScene, MONITOR } from "./command-scene.ts";
import { SETTINGS } from "./scene.ts";

const TIMES = { created_at: NOW, updated_at: NOW };
const FILES = {
  "experiments/mnist/session.yml": SETTINGS,
  "experiments/mnist/experiment_log.csv": logText([
    { experiment_id: "base", status: "completed", command: "train --lr=1", ...TIMES },
    { experiment_id: "live", status: "running", queue_job_id: "job-0000042", ...TIMES },
  ]),
};

/** As a comment can hold it. */
const TEXTS = HOSTILE_TEXTS.map((text) => text.replaceAll("\0", "").trim()).filter((text) => text);
const onOneLine = (text: string) => text.replace(/[\r\n]/g, " ");

let scene: CommandScene;

beforeAll(async () => {
  scene = await createCommandScene({ files: FILES });
});

afterAll(async () => {
  expectNoViolations(scene.github);
  await scene.github.close();
});

/** Packs texts into groups of so many that a comment holds them. */
function packs(texts: readonly string[], most: number): readonly (readonly string[])[] {
  const groups: string[][] = [[]];
  for (const text of texts) {
    const last = groups.at(-1) as string[];
    const bytes = Buffer.byteLength([...last, text].join("\n"));
    if (last.length > 0 && (last.length === most || bytes > 12_000)) groups.push([text]);
    else last.push(text);
  }
  return groups;
}

/** The runner obeys nothing that the run printed but what it says on purpose, and no text of people is in that. */
function expectQuiet(result: ActionResult): void {
  expect(result.exitCode).toBe(0);
  expect(workflowCommands(result.stdout)).toEqual([]);
  expect(workflowCommands(result.stderr)).toEqual([]);
  expect(["applied", "refused", "ignored", "answered"]).toContain(result.outputs["decision"]);
  expect(result.outputs["launched"]).toBe("[]");
}

/** Whatever stands on the issue and in the repository now is ours, readable and inert. */
async function expectInert(): Promise<void> {
  const ours = scene.repo.comments(1).filter(({ account }) => account.login === MONITOR);
  for (const { body } of ours.slice(-2)) {
    const [marker = "", ...lines] = body.split("\n");
    expect(marker).toMatch(/^<!-- experiment-monitor:(?:reply \d+|report \S+ rev=.*) -->$/);
    expect(lines.join("\n")).not.toContain("<!--");
    const root = parseMarkdown(lines.join("\n"));
    expect(liveIn(root).filter((found) => found !== "link")).toEqual([]);
    const urls = nodesOf(root).flatMap((node) => (node.type === "link" ? [node.url] : []));
    expect(urls.filter((url) => !url.startsWith(`${scene.github.url}/acme/research/`))).toEqual([]);
  }
  readLog(await scene.readLog());
  decodeLedger(Buffer.from(await scene.readLedger()), "ledger");
}

describe("through the Action", () => {
  test("hostile texts of commands are recorded and acted upon by nobody", async () => {
    for (const group of packs(TEXTS, 60)) {
      const body = `/note base\n${group.join("\n\n")}\n\n/result live text=${JSON.stringify(onOneLine(String(group[0])))}`;
      expectQuiet((await scene.say(body, { role: "admin" })).result);
    }
    await expectInert();
  });

  test("hostile words where only certain words may stand are told back inert", async () => {
    for (const group of packs(TEXTS.map(onOneLine), 30)) {
      const all = group.join(" ").slice(0, 3000);
      const lines = [
        ...["/baseline nobody-knows", `/propose ${all}`, `/baseline ${all}`, `/target ${all}`],
        ...[`/best ${all}`, `/supersede base by=${all}`, `/result base ${all}=1`],
        ...[`/status session=${all}`, `/reject ${all}`, `/${all}`],
      ];
      const { result, replies } = await scene.say(lines.join("\n"), { role: "admin" });
      expectQuiet(result);
      expect(result.outputs["decision"]).toBe("refused");
      expect(replies).toHaveLength(1);
    }
    await expectInert();
  });

  test("hostile fields of forms are recorded or told back inert", async () => {
    const labels = ["Hypothesis", "Expected outcome", "Change", "Config", "Task", "Metric"];
    for (const group of packs(TEXTS, 60)) {
      const share = (at: number) => group.filter((_, index) => index % labels.length === at);
      const body = labels
        .map((label, at) => `### ${label}\n\n${["-", ...share(at)].join("\n\n")}\n`)
        .join("\n");
      const { number, result } = await scene.open(body, { role: "admin" });
      expectQuiet(result);
      expect(scene.repo.comments(number).length).toBeLessThanOrEqual(1);
    }
    await expectInert();
  });
});

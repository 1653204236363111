import { describe, expect, it } from "vitest";
import { addAttributes, DRIVER_SETUP } from "../../../src/core/session/git-attributes.ts";

function add(text: string, folder = "experiments"): string {
  return Buffer.from(addAttributes(Buffer.from(text, "utf8"), folder)).toString("utf8");
}

const LINES = [
  "experiments/**/experiment_log.csv -text merge=experiment-monitor",
  "experiments/**/command_log.csv -text merge=experiment-monitor",
  "experiments/**/experiment_report.md -text merge=experiment-monitor",
  "experiments/**/summary.json -text merge=experiment-monitor",
  "experiments/**/badge.json -text merge=experiment-monitor",
];
const ALL = `${LINES.join("\n")}\n`;

describe("addAttributes", () => {
  it("names every file that is merged, and no session.yml", () => {
    expect(add("")).toBe(ALL);
  });

  it("adds nothing a second time: the very same bytes come back", () => {
    const bytes = Buffer.from(ALL, "utf8");
    expect(addAttributes(bytes, "experiments")).toBe(bytes);
  });

  it("keeps what stands there, byte for byte, and ends its last line", () => {
    expect(add("# mine\n*.png binary")).toBe(`# mine\n*.png binary\n${ALL}`);
  });

  it("follows the file's line ends", () => {
    const text = add("*.png binary\r\n");
    expect(text).toBe(`*.png binary\r\n${ALL.replaceAll("\n", "\r\n")}`);
    expect(add(text)).toBe(text);
  });

  it("leaves a file alone that has a line of its own, whatever it says", () => {
    const own = "  experiments/**/experiment_log.csv merge=union\n";
    expect(add(own)).toBe(`${own}${LINES.slice(1).join("\n")}\n`);
  });

  it.each([
    ["", "**/experiment_log.csv -text"],
    ["my runs/a", '"my runs/a/**/experiment_log.csv" -text'],
    ['a "b"', '"a \\"b\\"/**/experiment_log.csv" -text'],
    ["#runs", '"#runs/**/experiment_log.csv" -text'],
    ["a[1]*?", "a\\[1]\\*\\?/**/experiment_log.csv -text"],
    ["läufe", "läufe/**/experiment_log.csv -text"],
  ])("writes the folder %j as a pattern that git takes literally", (folder, start) => {
    const text = add("", folder);
    expect(text.startsWith(start)).toBe(true);
    expect(add(text, folder)).toBe(text);
  });

  it("is served by a driver that gets all three versions and the path", () => {
    expect(DRIVER_SETUP).toBe(
      "git config merge.experiment-monitor.driver 'experiment-monitor merge -- %O %A %B %P'",
    );
  });
});

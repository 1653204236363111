import { expect, test } from "vitest";
import { createCommandRun } from "../builders/take-comment.ts";

const ROWS =
  "experiment_id,status,command,objective_metric\np,planned,python a,loss\nr,running,,\n";
/** A command that this run would not recognise. */
const ADVICE =
  /(?<![\w/])\/(?:propose|launch|reject|hypothesis|note|resume|stop|approve|cancel|supersede|result|target|best|help)\b/g;

test.each([
  "/exp launch p",
  "/exp reject r reason=no",
  "/exp reject p",
  "/exp hypothesis r why",
  "/exp stop",
  "/exp status",
  "/exp next",
  "/exp approve p",
  "/exp target 1 2",
  "/exp aprove p",
  "/exp result r status=superseded",
  "/exp result r value=1",
  "/exp propose x\nWhy not.",
])("with a prefix, the reply to %s names commands as they are recognised", async (body) => {
  const settings = "issue: 1\npaused: true\nproposals: { max-open: 1 }\n";
  const files = { "session.yml": settings, "experiment_log.csv": ROWS };
  const run = createCommandRun({ a: files }, { prefix: "exp" });
  await run.say(body);
  // What stands behind the marker of the reply; the report does not know the prefix.
  const reply = run.shown().split("<!-- experiment-monitor:reply 7 -->").at(-1) ?? "";
  expect(reply).toMatch(/\S/);
  expect(reply.match(ADVICE)).toBeNull();
});

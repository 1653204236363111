// Run as a process by reporter.test.ts: makes the calls it is given, in order, as JSON.
import { createActionsReporter } from "../../../src/adapters/actions/reporter.ts";
import { InputError, LogError } from "../../../src/core/errors.ts";

const FAILURES: Record<string, (text: string) => unknown> = {
  input: (text) => new InputError(text, { remedy: "Do this." }),
  log: (text) =>
    new LogError(text, { path: "experiments/lr/experiment_log.csv", line: 3, column: 5 }),
  bug: (text) => new TypeError(text),
  thrown: (text) => text,
};

const calls: readonly (readonly [string, ...string[]])[] = JSON.parse(process.argv[2] ?? "[]");
const reporter = createActionsReporter({
  isDebug: process.env["RUNNER_DEBUG"] === "1",
  redact: (text) => text.replaceAll("hunter2222", "[redacted]"),
});

for (const [method, first = "", second = ""] of calls) {
  if (method === "info") reporter.info(first);
  else if (method === "warning") reporter.warning(first);
  else if (method === "output") reporter.outputs({ [first]: second });
  else if (method === "summary") await reporter.summary(first.repeat(Number(second || 1)));
  else reporter.fail(FAILURES[method]?.(first));
}

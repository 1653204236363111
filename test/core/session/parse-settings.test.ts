import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../../src/core/errors.ts";
import { defaultSettings } from "../../../src/core/session/defaults.ts";
import { parseSettings } from "../../../src/core/session/parse-settings.ts";

const PATH = "experiments/lr/session.yml";

function refusalOf(text: string): string[] {
  try {
    parseSettings(text, PATH);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message.split("\n");
  }
  throw new Error(`accepted: ${text}`);
}

describe("a session.yml", () => {
  test.each(["", "# nothing yet\n", "---\n", "null\n", "objective:\nqueue:\nissue:\n", "{}\n"])(
    "that says nothing gives the defaults: %j",
    (text) => {
      expect(parseSettings(text, PATH)).toEqual(defaultSettings());
    },
  );

  test("gives every setting it names", () => {
    const settings = parseSettings(
      `
objective: { metric: val/loss, mode: min, target: 0.30, min-delta: 0.001, same-task: true }
issue: 12
baseline: job-0000001
queue:
  kind: xax
  status: xax queue status --json "a b" 'c'
  metrics: [xax, queue, metrics, "{queue_job_id}", --json]
  source: gpu01
  include: { task_key: "examples.ljspeech.*", status: [running, completed] }
  stale-after: 90m
  concurrency: 2
stop: { max-experiments: 40, max-hours: 200.5, max-gpu-hours: 10, patience: 5, max-failures: 5 }
proposals: { max-open: 4, two-person: true, allowed-bots: ["renovate[bot]"] }
launch: { command: [python, train.py, "{args...}"], allow: ["--*=*"], public: true }
report: { top: 5, recent: 7, comment-author: "old-bot[bot]" }
redact: { paths: false, patterns: ["*.corp"] }
alerts: [stop, new-best, stop]
paused: true
`,
      PATH,
    );
    expect(settings).toEqual({
      objective: { metric: "val/loss", mode: "min", target: 0.3, minDelta: 0.001, sameTask: true },
      issue: 12,
      baseline: "job-0000001",
      queue: {
        kind: "xax",
        status: { kind: "command", argv: ["xax", "queue", "status", "--json", "a b", "c"] },
        metrics: { kind: "command", argv: ["xax", "queue", "metrics", "{queue_job_id}", "--json"] },
        source: "gpu01",
        include: new Map([
          ["task_key", ["examples.ljspeech.*"]],
          ["status", ["running", "completed"]],
        ]),
        staleAfterSeconds: 5400,
        concurrency: 2,
      },
      stop: { maxExperiments: 40, maxHours: 200.5, maxGpuHours: 10, patience: 5, maxFailures: 5 },
      proposals: { maxOpen: 4, twoPerson: true, allowedBots: ["renovate[bot]"] },
      launch: { command: ["python", "train.py", "{args...}"], allow: ["--*=*"], public: true },
      report: { top: 5, recent: 7, commentAuthor: "old-bot[bot]" },
      redact: { paths: false, patterns: ["*.corp"] },
      alerts: ["stop", "new-best"],
      paused: true,
    });
  });

  test.each([
    ["queue: { status: { file: status.json } }", { kind: "file", path: "status.json" }],
    ["queue: { status: [squeue, --json] }", { kind: "command", argv: ["squeue", "--json"] }],
    ["queue: { status: }", { kind: "default" }],
  ])("%s tells where the status comes from", (text, source) => {
    expect(parseSettings(text, PATH).queue.status).toEqual(source);
  });

  test("metrics: false means that no metrics are asked for", () => {
    expect(parseSettings("queue: { metrics: false }", PATH).queue.metrics).toEqual({
      kind: "none",
    });
  });

  test("launching allows no argument unless it is named", () => {
    expect(parseSettings("launch: { command: [a] }", PATH).launch).toEqual({
      command: ["a"],
      allow: [],
      public: false,
    });
  });

  test("reading is the same for Windows line endings and with a byte order mark", () => {
    expect(parseSettings("\ufeffissue: 3\r\nbaseline: a\r\n", PATH)).toMatchObject({
      issue: 3,
      baseline: "a",
    });
  });
});

describe("a session.yml with mistakes", () => {
  test.each([
    [
      "objectiv:\n  mode: max",
      "1:1",
      '"objectiv" is not a key of session.yml. Did you mean objective?',
    ],
    [
      "objective:\n  min_delta: 1",
      "2:3",
      '"min_delta" is not a key of objective. Did you mean min-delta?',
    ],
    [
      "redact: { zzzzzz: 1 }",
      "1:11",
      '"zzzzzz" is not a key of redact. Its keys are paths, patterns.',
    ],
    [
      "queue: { include: { taskkey: a } }",
      "1:21",
      '"taskkey" is not a key of queue.include. Did you mean task_key?',
    ],
    ["__proto__: { paused: true }", "1:1", '"__proto__" is not a key of session.yml. Its keys are'],
    ["<<: { paused: true }", "1:1", '"<<" is not a key of session.yml.'],
    ["objective: { mode: maximise }", "1:20", 'objective.mode is "maximise", expected max or min.'],
    ["issue: twelve", "1:8", 'issue is "twelve", expected a whole number from 1 to 2147483647.'],
    ["issue: 0", "1:8", "issue is 0, expected a whole number from 1"],
    ["issue: 1.5", "1:8", "issue is 1.5, expected a whole number"],
    ["objective: { target: .nan }", "1:22", "objective.target is NaN, expected a number."],
    ["objective: { target: .inf }", "1:22", "objective.target is Infinity, expected a number."],
    ["objective: { metric: 7 }", "1:22", "objective.metric is 7, expected a text of 1 to 256"],
    ['objective: { metric: "a\\nb" }', "1:22", 'objective.metric is "a\\nb", expected a text'],
    [
      "queue: { stale-after: 1w }",
      "1:23",
      'queue.stale-after is "1w", expected a duration such as',
    ],
    ["queue: { stale-after: 3600 }", "1:23", "queue.stale-after is 3600, expected a duration"],
    [
      'queue: { status: "xax \'queue" }',
      "1:18",
      'queue.status is "xax \'queue", expected a command line with every quote closed.',
    ],
    [
      "queue: { status: { path: x } }",
      "1:18",
      "queue.status is a mapping, expected a command line",
    ],
    ["queue: { metrics: true }", "1:19", "queue.metrics is true, expected a command line"],
    [
      "queue: { metrics: [] }",
      "1:19",
      "queue.metrics is a list, expected at least the program's name.",
    ],
    ["queue: []", "1:8", "queue is a list, expected a mapping of keys."],
    ["- a", "1:1", "session.yml is a list, expected a mapping of keys."],
    ["hello", "1:1", 'session.yml is "hello", expected a mapping of keys.'],
    ["alerts: [stop, never]", "1:16", 'alerts.entry 2 is "never", expected one of new-best'],
    ["launch: { public: true }", "1:9", "launch.command is missing, expected a list of arguments."],
    ["paused: yes", "1:9", 'paused is "yes", expected true or false.'],
    ["queue: { source: ../x }", "1:18", 'queue.source is "../x", expected 1 to 64 letters'],
    ["issue: 1\nissue: 2", "2:1", "Map keys must be unique."],
    ["objective: {", "1:13", "Flow map in block collection must be sufficiently indented"],
    ["issue: !!js/function 'x'", "1:8", "Unresolved tag"],
    ["issue: !custom 1", "1:8", "Unresolved tag"],
    ["issue: 1\n---\nissue: 2", "2:1", "Source contains multiple documents"],
    ["? [a]\n: 1", "1:3", "With stringKeys, all keys must be strings"],
  ])("%j is refused at %s with a sentence", (text, place, sentence) => {
    const [first = ""] = refusalOf(text);
    expect(first).toContain(`${PATH}:${place}: `);
    expect(first).toContain(sentence);
    expect(first).toMatch(/[.?]$/);
  });

  test("every problem is listed in one error, in the order of the file", () => {
    expect(refusalOf("isue: 1\nobjective: { mode: up, target: low }\npaused: 3\n")).toEqual([
      `${PATH}:1:1: "isue" is not a key of session.yml. Did you mean issue?`,
      `${PATH}:2:20: objective.mode is "up", expected max or min.`,
      `${PATH}:2:32: objective.target is "low", expected a number.`,
      `${PATH}:3:9: paused is 3, expected true or false.`,
    ]);
  });

  test.each([
    ["issue: 1\nisue: 2", "2:1"],
    ["queue: { kind: xax, knid: a }", "1:21"],
    ["issue: 1\nqueue:\n  kind: xax\n  sourc: a", "4:3"],
  ])("an unknown key behind a known one has its own place: %j at %s", (text, place) => {
    expect(refusalOf(text)[0]).toContain(`${PATH}:${place}: `);
  });

  test.each([
    ["stop: { max-hours: 0 }", "stop.max-hours is 0, expected a number above 0."],
    ["stop: { max-hours: ten }", 'stop.max-hours is "ten", expected a number above 0.'],
    ["queue: { stale-after: x1h }", 'queue.stale-after is "x1h", expected a duration such as'],
    [
      `alerts: [${Array(101).fill("stop").join(", ")}]`,
      "alerts is a list, expected at most 100 entries.",
    ],
    [
      `launch: { command: [${Array(257).fill("a").join(", ")}] }`,
      "launch.command is a list, expected at most 256 arguments.",
    ],
    ["objective: 1", "objective is 1, expected a mapping of keys."],
    ["baseline:\n  - a", "baseline is a list, expected a text of 1 to 256 characters on one line."],
  ])("%j is refused with what was expected", (text, sentence) => {
    expect(refusalOf(text)[0]).toContain(sentence);
  });

  test("a sentence of the parser ends once, whatever stands in it", () => {
    expect(refusalOf("a: 'x: 1. y")[0]).toMatch(/[^.:]\.$/);
  });

  test("no more than twenty mistakes of YAML are listed", () => {
    const sentences = refusalOf(Array.from({ length: 25 }, () => "issue: 1").join("\n"));
    expect(sentences).toHaveLength(21);
    expect(sentences.at(-1)).toBe(`${PATH}: and 4 more.`);
  });

  test("anchors may be repeated sixteen times, as no bomb would", () => {
    const repeated = (times: number) => `redact: { patterns: [&a "*.x"${", *a".repeat(times)}] }`;
    expect(parseSettings(repeated(15), PATH).redact.patterns).toHaveLength(16);
    expect(refusalOf(repeated(17))[0]).toContain("repeats its anchors more than 16 times");
  });

  test("a refusal of the whole file says what to do", () => {
    const remedyOf = (text: string) => {
      try {
        parseSettings(text, PATH);
      } catch (error) {
        return (error as InputError).remedy;
      }
      return undefined;
    };
    expect(remedyOf(" ".repeat(65_537))).toContain("results belong in the log");
    expect(remedyOf(" ".repeat(65_536))).toBeUndefined();
    expect(remedyOf("alerts: *none")).toContain("session.yml needs no anchors");
  });

  test("an alias without an anchor is refused", () => {
    expect(refusalOf("alerts: *none")[0]).toContain("has an alias (*name) whose anchor (&name)");
  });

  test("no more than twenty problems are listed", () => {
    const text = Array.from({ length: 33 }, (_, at) => `unknown-key-${at}: 1`).join("\n");
    const sentences = refusalOf(text);
    expect(sentences).toHaveLength(21);
    expect(sentences.at(-1)).toBe(`${PATH}: and 13 more.`);
  });

  test("text from the file is shown without control characters", () => {
    const message = refusalOf('"a\\u202eb##[x]": 1').join("\n");
    expect(message).toContain('"a\\u202eb\\u0023\\u0023[x]"');
  });

  test("a file above 64 kB, a bomb of aliases and endless nesting are refused at once", () => {
    expect(refusalOf(`# ${"x".repeat(65_536)}`)[0]).toContain("is longer than 64 kB");
    const levels = Array.from({ length: 20 }, (_, at) =>
      at === 0 ? "a0: &a0 [x]" : `a${at}: &a${at} [*a${at - 1}, *a${at - 1}, *a${at - 1}]`,
    );
    expect(refusalOf(levels.join("\n"))[0]).toContain("repeats its anchors");
  });

  test.each([
    "[".repeat(30_000),
    "[".repeat(20_000) + "]".repeat(20_000),
    "{a: ".repeat(16_000),
    "- ".repeat(30_000),
    "? ".repeat(30_000),
    Array.from({ length: 300 }, (_, at) => `${" ".repeat(at)}a:`).join("\n"),
  ])("that is nested without end is refused before anything recurses", (text) => {
    expect(refusalOf(text)).toEqual([`${PATH} is nested deeper than 64 levels.`]);
  });

  test("any text is read or refused with an InputError, never anything else", () => {
    const words = fc.constantFrom(
      ..."objective queue status stop launch : - [ ] { } , ' \" & * ! | > # % @ \n \t 1 0.5 true null ~ a mode: --- ... <<".split(
        " ",
      ),
      "\n",
      " ",
      "  ",
    );
    const text = fc.array(words, { maxLength: 25 }).map((parts) => parts.join(""));
    const seen = { read: 0, refused: 0 };
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: "binary" })), (source) => {
        try {
          parseSettings(source, PATH);
          seen.read += 1;
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          seen.refused += 1;
          expect(error.message.startsWith(PATH)).toBe(true);
        }
      }),
      { numRuns: 5000 },
    );
    expect(seen.read).toBeGreaterThan(50);
    expect(seen.refused).toBeGreaterThan(500);
  });
});

import { describe, expect, test } from "vitest";
import { type ArgvInput, buildArgv } from "../../../src/core/launch/build-argv.ts";

const TEMPLATE = ["python", "train.py", "--launcher", "queued", "{args...}"];

interface Given extends Partial<Omit<ArgvInput, "launch">> {
  readonly template?: readonly string[];
  readonly allow?: readonly string[];
}

function build(command: string, { template = TEMPLATE, allow = ["--*=*"], ...more }: Given = {}) {
  const built = buildArgv({
    launch: { command: template, allow },
    experimentId: "p-1",
    operationId: "op1",
    configPath: "",
    ...more,
    command,
  });
  return built.kind === "argv" ? built.argv : built.reason;
}

const withTemplate = (template: readonly string[], more: Given = {}): Given => ({
  template,
  ...more,
});

describe("the launch command", () => {
  test("takes the arguments of a proposal in the place of {args...}", () => {
    expect(build("--lr=1e-4 --name='a b'")).toEqual([
      "python",
      "train.py",
      "--launcher",
      "queued",
      "--lr=1e-4",
      "--name=a b",
    ]);
  });

  test("takes ids and config as whole arguments or inside one, and fills nothing in twice", () => {
    const command = ["run", "{config}", "--id={experiment_id}", "--op", "{op_id}", '{"a":1}'];
    const more = { configPath: "configs/{op_id}.yaml" };
    expect(build("", withTemplate(command, more))).toEqual([
      "run",
      "configs/{op_id}.yaml",
      "--id=p-1",
      "--op",
      "op1",
      '{"a":1}',
    ]);
  });

  test("may have no arguments where the proposal has a config", () => {
    const command = ["run", "{config}", "{args...}"];
    expect(build("", withTemplate(command, { configPath: "a.yaml" }))).toEqual(["run", "a.yaml"]);
  });

  test.each([
    [["{config}"], "begins with a placeholder, expected the program's name."],
    [
      ["run", "{arg...}"],
      'has the unknown placeholder "{arg...}", expected one of {args...}, {experiment_id}, {op_id}, {config}. Did you mean {args...}?',
    ],
    [["run", "{something_else}"], 'has the unknown placeholder "{something_else}"'],
    [["run", "--x={args...}"], "has {args...} inside an argument"],
    [["run", "{args...}", "{args...}"], "has {args...} more than once."],
  ])("%j is refused", (command, reason) => {
    expect(build("--a=b", withTemplate(command))).toContain(
      `launch.command in session.yml ${reason}`,
    );
  });
});

describe("a proposal that begins with the program", () => {
  test.each(["python train.py --lr=1", "python train.py --launcher queued --lr=1", "--lr=1"])(
    "%j gives its arguments",
    (command) => {
      expect(build(command)).toEqual([...TEMPLATE.slice(0, 4), "--lr=1"]);
    },
  );

  test("may be nothing but it", () => {
    expect(build("python train.py")).toEqual(TEMPLATE.slice(0, 4));
  });

  test("may be a module or a program without options", () => {
    const module = withTemplate(["python", "-m", "pkg.train", "--launcher", "queued", "{args...}"]);
    expect(build("python -m pkg.train --lr=1", module)).toEqual([
      "python",
      "-m",
      "pkg.train",
      "--launcher",
      "queued",
      "--lr=1",
    ]);
    const plain = withTemplate(["train", "{args...}"]);
    expect(build("train --lr=1", plain)).toEqual(["train", "--lr=1"]);
    expect(build("--lr=1", withTemplate(["train", "--x={op_id}", "{args...}"]))).toEqual([
      "train",
      "--x=op1",
      "--lr=1",
    ]);
  });

  test.each(["python other.py --lr=1", "python --lr=1", "python"])(
    "%j is another one",
    (command) => {
      expect(build(command)).toBe(
        `The command "${command}" starts another program than launch.command in session.yml: write its arguments alone, or begin as launch.command does.`,
      );
    },
  );
});

describe("an argument", () => {
  test.each([["--lr"], ["-rf"], ["--help"], ["lr=1"], ["bash"]])(
    "%s must be allowed",
    (argument) => {
      expect(build(argument)).toBe(
        `The argument "${argument}" matches no pattern of launch.allow in session.yml ("--*=*"): somebody with write access may add one.`,
      );
    },
  );

  test("is never allowed by an empty list", () => {
    const nothing = { allow: [] };
    expect(build("--lr=1", nothing)).toContain("(it is empty)");
    expect(build("python train.py", nothing)).toEqual(TEMPLATE.slice(0, 4));
  });

  test.each(["--launcher=local", "--launch=local", "--l=1", "--launcher"])(
    "%s does not set what the launch command sets",
    (argument) => {
      const allow = { allow: ["*"] };
      expect(build(argument, allow)).toBe(
        `The argument "${argument}" sets what launch.command in session.yml sets itself.`,
      );
    },
  );

  test("of one letter does not either, and others beside fixed ones are free", () => {
    const given = withTemplate(["run", "-q", "gpu", "--out={op_id}", "{args...}"], {
      allow: ["*"],
    });
    expect(build("-q", given)).toContain('The argument "-q" sets');
    expect(build("--out=x", given)).toContain('The argument "--out=x" sets');
    const free = ["--", "-", "--output=x", "-pq", "x"];
    expect(build(free.join(" "), given)).toEqual(["run", "-q", "gpu", "--out=op1", ...free]);
  });

  test.each(["-qcpu", "-q=cpu", "-qq"])("%s is a fixed short option with its value", (argument) => {
    const given = withTemplate(["run", "-q", "gpu", "{args...}"], { allow: ["*"] });
    expect(build(argument, given)).toContain(`The argument "${argument}" sets`);
    const attached = withTemplate(["run", "-qgpu", "{args...}"], { allow: ["*"] });
    expect(build(argument, attached)).toContain(`The argument "${argument}" sets`);
  });

  test.each(["launcher=local", "+launcher=local", "++launcher=local", "'~launcher'"])(
    "%s sets a fixed key",
    (argument) => {
      const given = withTemplate(["run", "launcher=queued", "{args...}"], { allow: ["*"] });
      expect(build(argument, given)).toContain("sets what launch.command in session.yml sets");
      expect(build("launch=local lr=1", given)).toHaveLength(4);
    },
  );

  test.each(["--key=[redacted]", "--data=~/data", "'~/data'"])(
    "%s is not passed on: it was recorded in the place of another",
    (argument) => {
      expect(build(argument, { allow: ["*"] })).toMatch(
        /^The argument .* is not as it was proposed: secrets and private paths are not recorded\./,
      );
    },
  );

  test("is one of at most 256", () => {
    const many = (count: number) => Array(count).fill("--a=b").join(" ");
    expect(build(many(256))).toHaveLength(260);
    expect(build(many(257))).toBe("The proposal's command has more than 256 arguments.");
  });

  test("that cannot be split is a sentence", () => {
    expect(build("--lr=$(id)")).toBe(
      'The command "--lr=$(id)" has a `$`, and no shell reads it: put it in single quotes, or leave it out of the command.',
    );
  });
});

describe("nothing of a proposal is left out silently", () => {
  test("neither its command", () => {
    const template = withTemplate(["run", "{config}"], { configPath: "a.yaml" });
    expect(build("--a=b", template)).toContain("has no {args...} for its arguments.");
  });

  test("nor its config", () => {
    const more = { configPath: "configs/a.yaml" };
    expect(build("--a=b", more)).toContain('names the config "configs/a.yaml", but neither');
    expect(build("--config=configs/a.yaml", more)).toContain("--config=configs/a.yaml");
    expect(build("configs/a.yaml", { ...more, allow: ["*"] })).toContain("configs/a.yaml");
    const other = "--config=old/configs/a.yaml --out=configs/a.yaml.log";
    expect(build(other, more)).toContain('names the config "configs/a.yaml", but neither');
  });

  test("and a config that is wanted must be there", () => {
    expect(build("", withTemplate(["run", "{config}"]))).toContain("names no config");
  });

  test.each([
    "/etc/passwd",
    "../x",
    "a/../../x",
    "-rf",
    "~x",
    "C:/x",
    "C:\\x",
    "a\\..\\x",
    "\\x",
    "a\nb",
    "a\u202eb",
  ])("a config %j is not inside the repository", (configPath) => {
    expect(build("", withTemplate(["run", "{config}"], { configPath }))).toContain(
      "is not a path inside the repository",
    );
  });

  test.each(["[redacted]/a.yaml", "~/a.yaml"])("a config %s was another one", (configPath) => {
    expect(build("", withTemplate(["run", "{config}"], { configPath }))).toContain(
      `The config "${configPath}" is not as it was proposed`,
    );
  });

  test.each(["a.yaml", "configs/a b.yaml", "a..b/c", "./a"])("a config %j is", (configPath) => {
    expect(build("", withTemplate(["run", "{config}"], { configPath }))).toEqual([
      "run",
      configPath,
    ]);
  });

  test.each(["--help", "a b", "a;b", ""])("an id %j is no argument", (experimentId) => {
    const template = withTemplate(["run", "{experiment_id}", "{args...}"], { experimentId });
    expect(build("--a=b", template)).toContain("cannot be an argument");
    expect(build("--a=b", { experimentId })).toHaveLength(5);
  });
});

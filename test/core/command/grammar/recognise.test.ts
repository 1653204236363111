import { describe, expect, test } from "vitest";
import { mayHoldCommand } from "../../../../src/core/command/may-hold-command.ts";
import { parseComment } from "../../../../src/core/command/parse-comment.ts";
import { commandsOf, problemsOf } from "./read.ts";

const names = (body: string, options = {}) => commandsOf(body, options).map(({ name }) => name);

describe("a command is", () => {
  test.each([
    ["a line of its own", "/status"],
    ["in any letter case", "/STATUS"],
    ["behind a byte order mark", "\uFEFF/status"],
    ["after Windows' line ends", "Hello\r\n\r\n/status\r\n"],
    ["after a Macintosh's line ends", "Hello\r\r/status\r"],
    ["followed by a tab", "/status\t"],
    ["below text of the same paragraph", "Hello\n/status"],
    ["below emphasis that is closed", "*Hello*\n/status"],
    ["below a star that opens nothing", "a * b\n/status"],
    ["a line that continues a list item", "- item\n/status"],
    ["between list items", "1. item\n/status\n2. item"],
    ["below a fence", "```\n/help\n```\n/status"],
    ["below a quote and a blank line", "> quote\n\n/status"],
    ["below an element that is closed", "<details>\n\nhidden\n\n</details>\n\n/status"],
    ["below an inline element that is closed", "a <code>b</code>\n/status"],
    ["below a tag in code", "The tag `<details>` folds.\n\n/status"],
    ["below a quote that holds an element", "> <details>\n\n/status"],
    ["below a list item that holds an element", "- <details>\n\n/status"],
    ["below a comment", "<!-- hidden -->\n\n/status"],
    ["below a comment with a tag in it", "<!-- <details> -->\n\n/status"],
    ["below a comment that a later block closes", "<div><!--\n\n/help\n\n<p>--> a\n\n/status"],
    [
      "below the end of a fold in which an element is open",
      "<details><pre>\n\n</details>\n</pre>\n\n/status",
    ],
    ["below a fold with an attribute", '<details title="a>b" open>\n\n</details >\n\n/status'],
    ["below a fold with odd attributes", `<details a=b 'c =d e= 'f' g=>\n\n</details>\n\n/status`],
    ["below a less-than sign", "<details>\n\n<p>1 < 2 <3\n\n</details>\n\n/status"],
    ["below a finished instruction", "<details>\n\n<?x ?></details>\n\n/status"],
    ["below an opening tag that is not finished", "<div>a <b then\n\n/status"],
    ["below a stray closing tag", "</details>\n\n/status"],
    ["below a formula that is closed", "$$\nx\n$$\n/status"],
    ["below a formula on one line", "a $$x$$ b\n/status"],
    ["below dollar signs that nothing closes", "the process $$\n/status"],
    ["between dollar signs of two paragraphs", "$$\n\n/status\n\n$$"],
    ["below a struck element that is closed", "<del>\n\n/help\n\n</del>\n\n/status"],
    ["below an HTML table", "<table><tr><td>a</table>\n\n/status"],
    ["below a tag whose name only begins so", "a <span>b</span> <strong>\n/status"],
    ["below brackets of no link", "[a\n/status\n](b"],
    ["after a hard break", "a  \n/status"],
  ])("%s", (_, body) => {
    expect(names(body)).toEqual(["status"]);
    expect(mayHoldCommand(body)).toBe(true);
  });

  test.each([
    ["in a fence", "```\n/status\n```"],
    ["in a fence that is never closed", "~~~~\n~~~\n/status"],
    ["in indented code", "Hello\n\n    /status"],
    ["behind a space", "Hello\n\n /status"],
    ["in a quote", "> /status"],
    ["in the lazy continuation of a quote", "> Hello\n/status"],
    ["in the lazy continuation of a list in a quote", "> - Hello\n/status"],
    ["in a list item", "- /status"],
    ["in a comment", "<!--\n/status\n-->"],
    ["in a comment that is never closed", "<!--\n\n/status"],
    ["in a comment within a paragraph", "a <!--\n/status\n-->"],
    ["in a comment that a block's end leaves open", "<div><!--\n\n/status"],
    ["in a comment that a later block does not close", "<div><!--\n\n<p>a\n\n/status"],
    ["in an HTML block", "<div>\n/status\n</div>"],
    ["in <pre>", "<pre>\n\n/status\n\n</pre>"],
    ["in <details>", "<details>\n\n/status\n\n</details>"],
    [
      "below a comment in an attribute",
      '<details>\n\n<a title="<!--" x=\'-->"></details>\'>\n\n/status',
    ],
    ["below a closing tag with a comment in it", "<details>\n\n<p>a</det<!-- -->ails>\n\n/status"],
    ["below a closing tag that is not finished", "<details>\n\n<p>a</details\n\n/status"],
    ["in an attribute that a block's end leaves open", '<p title="\n\n/status\n\n<p>">'],
    ["in a comment that a list item's end leaves open", "- <div><!--\n\n/status"],
    ["in an attribute that a quote's end leaves open", "> <p title='\n\n/status"],
    ["in <details> in a list item", "- <details>\n\n  a\n/status"],
    ["in <details> that begins within a paragraph", "a <details>\n\n/status"],
    ["in <blockquote>", "<BLOCKQUOTE>\n\n/status"],
    ["in <code> within a paragraph", "a <code>\n/status\n</code>"],
    ["in inline code", "a `b\n/status\nc`"],
    ["in a link", "[a\n/status\n](b)"],
    ["in a link by its label", "[a\n/status\n][b]\n\n[b]: c"],
    ["in a link's title", '[a](b "\n/status\n")'],
    ["in an image", "![a\n/status\n](b)"],
    ["in a tag", '<a title="\n/status\n">'],
    ["in emphasis", "*a\n/status b*"],
    ["in strong emphasis", "__a\n/status b__"],
    ["in struck text", "~~a\n/status b~~"],
    ["in a heading", "/status\n==="],
    ["in a table", "a | b\n--|--\n/status | b"],
    ["in a formula", "$$\n/status\n$$"],
    ["in a formula within a paragraph", "so $$ x\n/status\n y $$ holds"],
    ["in an HTML table", "<table><tr><td>\n\n/status\n\n</td></tr></table>"],
    ["in an HTML heading", "<H2>\n\n/status\n\n</H2>"],
    ["in a footnote", "[^1]: a\n/status"],
    ["behind a full-width slash", "Hello\n\n\uFF0Fstatus"],
    ["behind a no-break space", "Hello\n\n\u00a0/status"],
    ["escaped", "Hello\n\n\\/status"],
    ["followed by a no-break space", "Hello\n/status\u00a0now"],
    ["followed by a slash", "/status/now"],
    ["unknown, below the first line", "Hello\n/assign me"],
    ["too long a name", `/${"a".repeat(33)}`],
    ["a path", "/usr/bin/python"],
  ])("not what stands %s", (_, body) => {
    expect(parseComment(body)).toEqual({ kind: "none" });
  });

  test.each(["del", "s", "strike", "q", "samp", "tt", "kbd", "var"])(
    "not what stands in <%s>",
    (tag) => {
      const inBlocks = `<${tag}>\n\n/status\n\n</${tag}>`;
      const inLine = `I meant <${tag}>not\n/status\n</${tag}> this.`;
      expect([parseComment(inBlocks), parseComment(inLine)]).toEqual([
        { kind: "none" },
        { kind: "none" },
      ]);
    },
  );

  test.each([
    ["an attribute", '<a title="</details>">log</a>'],
    ["an attribute in single quotes", "<a title = '</details>'>log</a>"],
    ["an attribute of a block", '<p title="</details>">'],
    ["an attribute over two lines", 'a <a\ntitle="</details>">log</a>'],
    ["an image's text", 'log <img alt="</details>">'],
    ["a processing instruction", "<?x </details ?>"],
    ["a declaration", "<!X </details >"],
    ["CDATA", "<![CDATA[ > </details> ]]>"],
    ["what only begins like a closing tag", "<p></ </details>"],
  ])("not what stands in <details> below a closing tag in %s", (_, html) => {
    const body = `<details><summary>log</summary>\n\n${html}\n\n/status\n\n</details>`;
    expect(parseComment(body)).toEqual({ kind: "none" });
  });

  test("an ordinary comment is not parsed at all", () => {
    expect(mayHoldCommand("Hello, see https://example.org/status\nand a/b")).toBe(false);
    expect(parseComment("\0 binary")).toEqual({ kind: "none" });
  });

  test("an ordinary comment of any size is no error", () => {
    expect(parseComment("a ".repeat(100_000))).toEqual({ kind: "none" });
  });
});

describe("an unknown name", () => {
  test("on the first line is probably a slip of the pen", () => {
    expect(problemsOf("\n/porpose x")).toEqual([
      {
        line: 2,
        source: "/porpose x",
        column: 2,
        sentence: 'There is no command "porpose". Did you mean /propose? /help lists the commands.',
      },
    ]);
  });

  test("near nothing has no suggestion", () => {
    expect(problemsOf("/assign x")[0]?.sentence).toBe(
      'There is no command "assign". /help lists the commands.',
    );
  });

  test("in masked text is none", () => {
    expect(parseComment("    /porpose x").kind).toBe("none");
  });
});

describe("with a prefix", () => {
  const options = { prefix: "exp" };

  test("commands stand behind it", () => {
    expect(names("/exp status\n\n/EXP \t help", options)).toEqual(["status", "help"]);
    expect(mayHoldCommand("/exp status", "exp")).toBe(true);
  });

  test("commands without it are another tool's", () => {
    expect(parseComment("/status\n/expstatus\n/note a b", options)).toEqual({ kind: "none" });
  });

  test("every unknown name is an error, wherever it stands", () => {
    const problems = problemsOf("Hello\n/exp stauts\n/exp\n/exp 1", options);
    expect(problems.map(({ line, column, sentence }) => [line, column, sentence])).toEqual([
      [
        2,
        6,
        'There is no command "stauts". Did you mean /exp status? /exp help lists the commands.',
      ],
      [3, 5, "The command's name is missing; /exp help lists the commands."],
      [4, 6, 'There is no command "1". /exp help lists the commands.'],
    ]);
  });

  test("the usage has it too", () => {
    expect(problemsOf("/exp baseline", options)[0]?.usage).toBe("/exp baseline <id>");
  });
});

describe("a comment that is too much", () => {
  test.each([
    ["longer than GitHub's limit", `/status\n${"a".repeat(65_536)}`, 1, /65,536 characters/],
    ["with a NUL", "a\n/status \0", 1, /NUL/],
    ["of very many lines", `/status${"\n".repeat(3000)}`, 3001, /more than 3000 lines/],
    ["of very many lists", `/status\n${"- - - a\n".repeat(1001)}`, 1002, /3000 quote and list/],
    ["of very many bars", `/status\n${"|".repeat(8001)}`, 2, /8000 table bars/],
    ["of very deep quotes", `/status\n${">".repeat(33)}`, 2, /32 quotes and lists/],
    ["of very much markdown", `a ${"*".repeat(1501)}\n/status`, 1, /1500 characters that markdown/],
  ])("%s is refused where it becomes so", (_, body, line, sentence) => {
    const [problem, ...others] = problemsOf(body);
    expect(problem?.line).toBe(line);
    expect(problem?.sentence).toMatch(sentence);
    expect(problem?.source).toBe(body.split("\n")[line - 1]);
    expect(others).toEqual([]);
  });

  test("has its limits elsewhere than in a fence or in text beside", () => {
    expect(
      names(`/status\n\n\`\`\`\n${"*_[".repeat(5000)}\n\`\`\`\n\n${"*_[".repeat(5000)}`),
    ).toEqual(["status"]);
  });

  test("ten commands are few enough, the eleventh is not", () => {
    expect(names("/status\n".repeat(10))).toHaveLength(10);
    const problems = problemsOf("/status\n".repeat(12));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      line: 11,
      sentence: expect.stringContaining("10 commands"),
    });
  });
});

describe("the text of a command", () => {
  test("is what stands below it, up to the next command", () => {
    const body = "/note a first\nsecond\n\n```\n/note b\n  third\n```\n\n/note c fourth\n\nfifth\n";
    expect(commandsOf(body)).toEqual([
      { name: "note", id: "a", text: "first\nsecond\n\n```\n/note b\n  third\n```" },
      { name: "note", id: "c", text: "fourth\n\nfifth" },
    ]);
  });

  test("has no HTML comments, which nobody can see", () => {
    const body =
      "/note a one <!-- two -->\nthree <!-- four\nfive --> six\n<!-- seven -->\n\n<!--\neight\n-->\n`<!-- nine -->`\n\n```\n<!-- ten -->\n```\n- <!-- eleven --> twelve <!-- thirteen";
    expect(commandsOf(body)).toEqual([
      {
        name: "note",
        id: "a",
        text: "one\nthree \n six\n\n`<!-- nine -->`\n\n```\n<!-- ten -->\n```\n-  twelve",
      },
    ]);
  });

  test("has no arguments in comments either", () => {
    expect(commandsOf("/approve a <!-- b --> c")).toEqual([{ name: "approve", ids: ["a", "c"] }]);
  });

  test("is conversation below a command that takes none", () => {
    expect(commandsOf("/approve a\n\nThanks!")).toEqual([{ name: "approve", ids: ["a"] }]);
  });
});

test("a placed command has its line and its source", () => {
  expect(parseComment("Hello\n\n/Status  ")).toEqual({
    kind: "commands",
    commands: [{ command: { name: "status" }, line: 3, source: "/Status  " }],
  });
});

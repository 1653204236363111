// The proc-receive hook of a loopback repository: git hands it the references that are protected
// (receive.procReceiveRefs), and it declines them with GitHub's words and GitHub's reason.
import { readFileSync, writeSync } from "node:fs";

const protection = JSON.parse(readFileSync(`${process.env.GIT_DIR}/protection.json`, "utf8"));

function packet(text) {
  const length = (Buffer.byteLength(text) + 4).toString(16).padStart(4, "0");
  return length + text;
}

function* packets(bytes) {
  let offset = 0;
  while (offset + 4 <= bytes.length) {
    const length = Number.parseInt(bytes.toString("latin1", offset, offset + 4), 16);
    if (length === 0) {
      yield undefined;
      offset += 4;
    } else {
      yield bytes.toString("utf8", offset + 4, offset + length).replace(/\n$/, "");
      offset += length;
    }
  }
}

const WORDS = {
  GH006: {
    lines: (ref) => [
      `error: GH006: Protected branch update failed for ${ref}.`,
      "",
      "- Changes must be made through a pull request.",
    ],
    reason: "protected branch hook declined",
  },
  GH013: {
    lines: (ref, { rules }) => [
      `error: GH013: Repository rule violations found for ${ref}.`,
      `Review all repository rules at ${rules}?ref=${encodeURIComponent(ref)}`,
      "",
      "- Changes must be made through a pull request.",
      "",
    ],
    reason: "push declined due to repository rule violations",
  },
};

function decline(commands) {
  const answers = commands.map((line) => {
    const ref = line.split(" ")[2];
    const words = WORDS[protection.branches[ref]];
    for (const text of words.lines(ref, protection)) writeSync(2, `${text}\n`);
    return packet(`ng ${ref} ${words.reason}\n`);
  });
  writeSync(1, `${answers.join("")}0000`);
}

// git sends its version and a flush, waits for ours, then sends the commands and a flush.
writeSync(1, `${packet("version=1\n")}0000`);
let received = Buffer.alloc(0);
process.stdin.on("data", (chunk) => {
  received = Buffer.concat([received, chunk]);
  const lines = [...packets(received)];
  const first = lines.indexOf(undefined);
  const second = lines.indexOf(undefined, first + 1);
  if (first < 0 || second < 0) return;
  decline(lines.slice(first + 1, second));
  process.exit(0);
});

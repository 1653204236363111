// Times a review of a 10,000-row log with 100 changed rows against reading both versions, in one process.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { importSource } from "../scripts/import-source.mjs";

const FOLDER = "experiments/default";

/** Medians in milliseconds: `a` of the review, `b` of reading both logs; and their ratio. */
export async function timeReview({ log, runs }) {
  const { reviewSession } = await importSource("src/core/review/review-session.ts");
  const { decodeLog } = await importSource("src/core/log/decode.ts");
  const base = readFileSync(log);
  const head = Buffer.from(change(base.toString("utf8")));
  const path = `${FOLDER}/experiment_log.csv`;
  const filesOf = (bytes) => ({ folder: FOLDER, files: new Map([["experiment_log.csv", bytes]]) });
  const review = () =>
    reviewSession({
      session: "default",
      base: filesOf(base),
      head: filesOf(head),
      now: "2030-01-01T00:00:00Z",
      sha256: (text) => createHash("sha256").update(text).digest("hex"),
    });
  const changed = review().diff?.changed.length;
  if (changed !== 100) throw new Error(`100 rows were to differ, and ${changed} do`);
  const times = Array.from({ length: runs }, () => ({
    a: timeOf(review),
    b: timeOf(() => [base, head].map((bytes) => decodeLog(bytes, path))),
  }));
  const [a, b] = [median(times.map((time) => time.a)), median(times.map((time) => time.b))];
  return { a, b, ratio: a / b };
}

/** Writes another owner into every hundredth row. */
function change(text) {
  let row = 0;
  return text.replace(/^job-\d+,/gm, (id) => {
    row += 1;
    return row % 100 === 0 ? `${id}base` : id;
  });
}

function timeOf(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Command } from "../../../../src/core/command/command.ts";
import { OUTCOMES } from "../../../../src/core/command/ledger.ts";
import { decodeLedger } from "../../../../src/core/command/ledger-codec.ts";
import { ROLES } from "../../../../src/core/command/role.ts";
import { MODES, STATUSES } from "../../../../src/core/log/columns.ts";
import { decodeLog } from "../../../../src/core/log/decode.ts";
import { assertLedgerExtends, assertLogExtends } from "../../../../src/core/log/invariants.ts";
import { parseSettings } from "../../../../src/core/session/parse-settings.ts";
import {
  apply,
  author,
  ending,
  factsOf,
  LEDGER_PATH,
  launchOf,
  ledgerEntry,
  proposal,
  result,
  sessionFiles,
  settingsText,
} from "../../../builders/apply.ts";
import { LATER, LOG_PATH } from "../../../builders/log.ts";

const id = fc.constantFrom("a", "b", "c", "new");
const ids = fc.array(id, { minLength: 1, maxLength: 2 });
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("<<<<<<< x", 'q"\r\n,', "forced: x", "/stop\n", "exp"),
);
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const command: fc.Arbitrary<Command> = fc.oneof(
  fc
    .tuple(
      maybe(id),
      fc.record({
        parent: maybe(id),
        hypothesis: fc.oneof(fc.constant("h"), maybe(text)),
        expect: maybe(text),
        command: maybe(fc.constantFrom("t.py --lr 1", "t.py --lr=2", "'open")),
        metric: maybe(text),
        mode: maybe(fc.constantFrom(...MODES)),
      }),
      fc.boolean(),
    )
    .map(([name, fields, isSweep]) => proposal(name, given(fields), { isSweep })),
  fc
    .tuple(fc.constantFrom("hypothesis", "note", "next-action"), id, text)
    .map(([name, of, said]): Command => ({ name, id: of, text: said }) as Command),
  fc
    .tuple(
      id,
      fc.record({
        value: maybe(number),
        status: maybe(fc.constantFrom(...STATUSES)),
        text: maybe(text),
      }),
      fc.dictionary(fc.constantFrom("loss", "acc"), number),
      fc.boolean(),
    )
    .map(([of, fields, metrics, isForced]) =>
      result(of, { ...given(fields), metrics: new Map(Object.entries(metrics)), isForced }),
    ),
  ids.map((of): Command => ({ name: "approve", ids: of })),
  fc.tuple(ids, fc.boolean()).map(([of, isForced]) => launchOf(of, isForced)),
  fc
    .tuple(fc.constantFrom("reject", "cancel"), ids, maybe(text))
    .map(([name, words, said]) => ending(name as "reject", words.join(" "), said)),
  fc.tuple(id, id).map(([of, by]): Command => ({ name: "supersede", id: of, by })),
  id.map((of): Command => ({ name: "baseline", id: of })),
  number.map((value): Command => ({ name: "target", value })),
  fc.constantFrom<Command>({ name: "stop" }, { name: "resume" }, { name: "status" }),
);

const row = fc.record({
  status: fc.constantFrom(...STATUSES, ""),
  hypothesis: fc.constantFrom("", "h"),
  objective_metric: fc.constantFrom("", "loss"),
  objective_value: fc.constantFrom("", "0.5"),
  metrics_json: fc.constantFrom("", '{"acc": 1}'),
  command: fc.constantFrom("", "t.py --lr 1"),
  result_summary: fc.constantFrom("", "r"),
  started_at: fc.constantFrom("", LATER),
  owner: fc.constantFrom("", "ann", "bob"),
});
const entry = fc
  .record({
    experimentId: fc.constantFrom("a", "b", "gone"),
    outcome: fc.constantFrom(...OUTCOMES),
    command: fc.constantFrom("/propose a", "/launch a", "/result a"),
    actorId: fc.constantFrom("7", "8"),
  })
  .map(ledgerEntry);
const session = fc
  .record({
    rows: fc
      .tuple(row, row, row)
      .map((rows) => rows.map((cells, at) => ({ experiment_id: "abc".charAt(at), ...cells }))),
    ledger: fc.array(entry, { maxLength: 4 }),
    settings: fc.constantFrom(
      "",
      "paused: true # why\n",
      "objective: { metric: loss }\nproposals: { two-person: true, max-open: 1 }\n",
    ),
  })
  .map(sessionFiles);
/** Most comments should be allowed: a denied one shows little. */
const ADMINS = Array.from({ length: 12 }, () => "admin" as const);
const comment = fc.record({
  commands: fc.array(command, { minLength: 1, maxLength: 2 }),
  commentId: fc.constantFrom("1", "2", "3"),
  author: fc
    .tuple(fc.constantFrom(...ROLES, ...ADMINS), fc.constantFrom("ann", "bob"))
    .map(([role, login]) => author({ role, login, id: login === "ann" ? "7" : "8" })),
});

const read = (files: ReadonlyMap<string, Uint8Array>) => ({
  log: decodeLog(files.get("experiment_log.csv") ?? new Uint8Array(), LOG_PATH),
  ledger: decodeLedger(files.get("command_log.csv"), LEDGER_PATH),
});

describe("any comments on any session", () => {
  it("lose no row and no line, leave files that are valid, and say what they did", () => {
    let applied = 0;
    fc.assert(
      fc.property(session, fc.array(comment, { minLength: 1, maxLength: 4 }), (start, comments) => {
        let files = start;
        for (const { commands, ...by } of comments) {
          const { outcome, files: next } = apply(files, commands, by);
          const [before, after] = [read(files), read(next)];
          assertLogExtends(before.log, after.log);
          assertLedgerExtends(LEDGER_PATH, before.ledger.bytes, after.ledger.bytes);
          parseSettings(settingsText(next) ?? "", "session.yml");
          const { approvals } = factsOf(next);
          for (const one of outcome.kind === "applied" ? outcome.outcomes : []) {
            const decides = one.command.name === "approve" || one.command.name === "launch";
            if (one.kind !== "applied" || !decides) continue;
            for (const of of one.experimentIds) expect(approvals.get(of)?.kind).toBe("approved");
          }
          if (outcome.kind !== "applied") expect(next).toBe(files);
          const isNew =
            outcome.kind === "applied" && outcome.outcomes.some(({ kind }) => kind === "applied");
          expect(after.ledger.entries.length > before.ledger.entries.length).toBe(isNew);
          if (isNew) applied += 1;
          files = next;
        }
      }),
      { numRuns: 500 },
    );
    expect(applied).toBeGreaterThan(200);
  });

  it("change nothing when they are applied again, by whomever and however much later", () => {
    fc.assert(
      fc.property(
        session,
        comment,
        fc.constantFrom(...ROLES),
        (start, { commands, ...by }, role) => {
          const first = apply(start, commands, by);
          fc.pre(first.outcome.kind === "applied");
          const again = apply(first.files, commands, { ...by, now: LATER });
          expect(again.files).toBe(first.files);
          expect(again.outcome.kind).toBe("applied");
          const other = { ...by, author: { ...by.author, role } };
          expect(apply(first.files, commands, other).files).toBe(first.files);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("never change a final result without --force", () => {
    const final = { status: "completed", objective_value: "0.5", metrics_json: '{"acc": 1}' };
    const start = sessionFiles({ rows: [{ experiment_id: "a", ...final }] });
    fc.assert(
      fc.property(comment, ({ commands, ...by }) => {
        fc.pre(!commands.some((one) => "isForced" in one && one.isForced));
        const { log } = read(apply(start, commands, by).files);
        expect(log.cell(0, "objective_value")).toBe("0.5");
        expect(log.cell(0, "metrics_json")).toMatch(/^\{"acc": 1(?:\.0)?(?:, .*)?\}$/);
      }),
      { numRuns: 500 },
    );
  });
});

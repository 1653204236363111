import { storableText } from "../../log/storable-text.ts";
import type { RowPatch } from "../../log/table.ts";
import { parseArgv } from "../../session/parse-argv.ts";
import { rowObjective } from "../../session/row-objective.ts";
import { present } from "../../text/present.ts";
import { quoteUntrusted } from "../../text/safe-log.ts";
import { alreadyTried } from "../already-tried.ts";
import { changeSummary } from "../change-summary.ts";
import type { Command, ProposalFields } from "../command.ts";
import { isOpenProposal } from "../facts.ts";
import { isRedacted } from "../is-redacted.ts";
import { proposalId } from "../op-id.ts";
import type { CommandNote } from "../outcome.ts";
import type { Bench } from "./bench.ts";
import { editRow } from "./edit-row.ts";
import { experimentIds, unknownId } from "./find-rows.ts";
import { type Complaint, done, type Handler, refuse } from "./verdict.ts";

/** Open proposals that a refusal names. */
const MOST_NAMED = 20;

type Propose = Extract<Command, { readonly name: "propose" }>;

/** `/propose`: a `planned` row. */
export const propose: Handler<"propose"> = (bench, command, opId) => {
  const id = command.id ?? proposalId(opId);
  const complaints = [
    ...refuseId(bench, id),
    ...refuseParent(bench, command.fields.parent),
    ...refuseTexts(bench, command.fields),
    ...refuseMoreThanOpen(bench, command),
  ];
  if (complaints.length > 0) {
    bench.inVain.add(id);
    return refuse(...complaints);
  }
  const row = bench.draft.append(id);
  editRow(bench, row, { ...cellsOf(bench, command.fields), created_at: bench.now });
  bench.proposers.set(id, { actor: bench.author.login, actorId: bench.author.id });
  const change = { kind: "added", experimentId: id, to: "planned" } as const;
  const effect = { experimentId: id, outcome: "applied", detail: "planned", change } as const;
  const notes = [...noteRedacted(bench, command.fields), ...noteTried(bench, row)];
  return done([effect], notes);
};

/** An id must be found again as it was written. */
function refuseId({ draft, redact }: Bench, id: string): readonly Complaint[] {
  if (draft.rowOf(id) !== undefined) {
    const sentence = `there is an experiment ${quoteUntrusted(id)} already. Choose another id, or leave it out to be given one.`;
    return [{ sentence, word: id }];
  }
  if (redact(id) === id && storableText(id) === id) return [];
  const sentence = "the id holds something that is not recorded, such as a secret. Choose another.";
  return [{ sentence, word: id }];
}

function refuseParent({ draft, inVain }: Bench, parent: string | undefined): readonly Complaint[] {
  const isFine = parent === undefined || draft.rowOf(parent) !== undefined || inVain.has(parent);
  return isFine ? [] : [unknownId(draft, parent)];
}

function refuseTexts(bench: Bench, fields: ProposalFields): readonly Complaint[] {
  const complaints: Complaint[] = [];
  if (isBlank(bench.redact(fields.hypothesis ?? ""))) {
    complaints.push({
      sentence: "the hypothesis is missing. Write on the next lines what you expect and why.",
      showsUsage: true,
    });
  }
  const argv = fields.command === undefined ? undefined : parseArgv(fields.command);
  if (argv?.kind === "invalid") {
    complaints.push({
      sentence: `the command ${argv.reason}. Write it as one line that a shell would split into arguments.`,
    });
  }
  return complaints;
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

function refuseMoreThanOpen(bench: Bench, { isSweep }: Propose): readonly Complaint[] {
  const { maxOpen } = bench.settings.settings().proposals;
  const open = isSweep ? [] : openProposals(bench);
  if (isSweep || open.length < maxOpen) return [];
  const limit = `at most ${maxOpen} may be open (proposals.max-open in session.yml)`;
  const remedy = `Launch or ${bench.wordOf("reject")} one first; with write permission --sweep allows more.`;
  return [{ sentence: `${limit}, and ${open.length} are${listOf(open)}. ${remedy}` }];
}

function listOf(ids: readonly string[]): string {
  if (ids.length === 0) return "";
  const names = ids.slice(0, MOST_NAMED).map((id) => quoteUntrusted(id));
  const more = ids.length > MOST_NAMED ? [`and ${ids.length - MOST_NAMED} more`] : [];
  return `: ${[...names, ...more].join(", ")}`;
}

function openProposals(bench: Bench): readonly string[] {
  const { draft: table, facts } = bench;
  const { launches } = facts;
  return [...experimentIds(table)].filter((_, row) => isOpenProposal({ table, launches }, row));
}

function cellsOf(bench: Bench, fields: ProposalFields): RowPatch {
  const { redact } = bench;
  const own = { metric: fields.metric ?? "", mode: fields.mode ?? "" };
  const { metric, mode } = rowObjective(own, bench.settings.settings().objective);
  const command = redact(fields.command ?? "");
  const configPath = redact(fields.config ?? "");
  const summary = fields.change ?? summaryOf(bench, fields.parent, { command, configPath });
  return present({
    status: "planned",
    parent_experiment_id: fields.parent,
    task_key: redact(fields.task ?? ""),
    command,
    config_path: configPath,
    objective_metric: redact(metric),
    objective_mode: mode,
    hypothesis: redact(hypothesisOf(fields)),
    change_summary: redact(summary ?? ""),
    owner: bench.author.login,
  });
}

function hypothesisOf({ hypothesis = "", expect }: ProposalFields): string {
  const text = hypothesis.trim();
  return expect === undefined ? text : `${text} Expected: ${expect.trim()}`;
}

function summaryOf(
  { draft }: Bench,
  parent: string | undefined,
  proposal: { readonly command: string; readonly configPath: string },
): string | undefined {
  const row = parent === undefined ? undefined : draft.rowOf(parent);
  if (row === undefined) return undefined;
  const before = {
    command: draft.cell(row, "command"),
    configPath: draft.cell(row, "config_path"),
  };
  return changeSummary(before, proposal);
}

/** What is recorded in the place of a secret or a private path is what would be launched. */
function noteRedacted(
  { redact }: Bench,
  { command, config }: ProposalFields,
): readonly CommandNote[] {
  const said = Object.entries(present({ command, config }));
  return said.flatMap(([what, text]): CommandNote[] => {
    const recorded = redact(text);
    if (recorded === text) return [];
    const end = isRedacted(recorded)
      ? ", and cannot be launched so: secrets belong into the program's environment, and paths inside the repository."
      : ".";
    return [
      { kind: "sentence", text: `The ${what} is recorded as ${quoteUntrusted(recorded)}${end}` },
    ];
  });
}

function noteTried({ draft, settings }: Bench, row: number): readonly CommandNote[] {
  const experimentId = alreadyTried(draft, row, settings.settings().launch?.command);
  return experimentId === undefined ? [] : [{ kind: "already-tried", experimentId }];
}

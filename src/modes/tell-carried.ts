import { announce } from "./announce.ts";
import {
  answerApplied,
  type CarriedOut,
  type CarryPorts,
  type CarryRequest,
  concernsReport,
  workOf,
} from "./carry-out.ts";
import type { SessionResult } from "./each-session.ts";
import type { PublishedComment } from "./one-comment.ts";

/** Announces what was carried out, where the report shows it, and tells every author what became of their comment. */
export async function tellCarried(
  ports: CarryPorts,
  carried: CarriedOut,
  request: Pick<CarryRequest, "mayLaunch" | "prefix" | "createRedactor">,
): Promise<SessionResult> {
  const work = workOf(carried);
  const comment = concernsReport(carried) ? await announce(ports.announcement, work) : UNTOUCHED;
  await answerApplied(ports, carried, { ...request, report: comment });
  return { kind: "done", work, comment, carried };
}

/** A question leaves the report as it is. */
const UNTOUCHED: PublishedComment = {
  kind: "skipped",
  reason: "not-asked",
  detail: "the commands change nothing that the report shows",
};

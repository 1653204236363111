import * as z from "zod/mini";
import { SESSION_SCHEMA } from "./schema.ts";

/** The JSON Schema of `session.yml`, for editors; committed as `schema/session.schema.json`. */
export function buildJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(SESSION_SCHEMA, { target: "draft-7", io: "input" }),
    title: "Experiment Monitor: session.yml",
    description: "Settings of one session. Every key is optional.",
  };
}

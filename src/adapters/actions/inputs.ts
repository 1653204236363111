import { getInput } from "@actions/core";
import { INPUT_NAMES } from "../../core/config/inputs.ts";

/** The Action's inputs as text, by name; an absent one is the empty string. */
export function readInputs(): Readonly<Record<string, string>> {
  return Object.fromEntries(INPUT_NAMES.map((name) => [name, getInput(name)]));
}

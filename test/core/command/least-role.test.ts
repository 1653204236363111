import { expect, test } from "vitest";
import type { CommandName } from "../../../src/core/command/command.ts";
import { leastRole } from "../../../src/core/command/least-role.ts";
import { includesRole, type Role } from "../../../src/core/command/role.ts";

test.each<[readonly CommandName[], Role, Role]>([
  [["approve", "launch"], "write", "write"],
  [["approve", "note"], "write", "triage"],
  [["approve", "status"], "write", "read"],
  [["propose"], "maintain", "triage"],
  [["propose"], "read", "read"],
  [["approve"], "maintain", "maintain"],
  [["reject"], "write", "triage"],
  [["cancel"], "read", "read"],
  [[], "write", "triage"],
  [[], "read", "read"],
])("who hears about errors in %j with min-permission %s has at least %s", (names, min, least) => {
  expect(leastRole(names, min)).toBe(least);
});

test("a role includes itself and the lesser ones", () => {
  expect(includesRole("write", "write")).toBe(true);
  expect(includesRole("admin", "triage")).toBe(true);
  expect(includesRole("triage", "write")).toBe(false);
});

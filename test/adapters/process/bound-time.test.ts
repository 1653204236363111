import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { boundTime } from "../../../src/adapters/process/bound-time.ts";

/** Starts a shell as the leader of a group, which says a line when it is ready. */
async function start(script: string) {
  const child = spawn("/bin/sh", ["-c", script], { detached: true });
  await once(child.stdout, "data");
  return child;
}

it("a program that ends when it is asked to is not killed", async () => {
  const child = await start("echo ready; sleep 30");
  const bound = boundTime(child, 10);
  const [, signal] = await once(child, "close");
  bound.stop();
  expect([signal, bound.tookTooLong()]).toEqual(["SIGTERM", true]);
});

it("a program that does not listen is killed with what it started", async () => {
  const child = await start("trap '' TERM; sleep 30 & echo ready; wait");
  let isEnded = false;
  const bound = boundTime(child, 10, () => {
    isEnded = true;
  });
  // `close` waits for the pipes, which the one in the background holds open.
  const [, signal] = await once(child, "close");
  bound.stop();
  expect([signal, isEnded]).toEqual(["SIGKILL", true]);
});

it("a bound that is stopped ends nobody", async () => {
  const child = await start("echo ready; sleep 0.2");
  const bound = boundTime(child, 50);
  bound.stop();
  const [code] = await once(child, "close");
  expect([code, bound.tookTooLong()]).toEqual([0, false]);
});

import { afterEach, describe, expect, it, vi } from "vitest";
import { signalGroup } from "../../../src/adapters/process/signal-group.ts";

const child = { pid: 4_000_000, kill: () => false };

function refuseWith(code: string): void {
  vi.spyOn(process, "kill").mockImplementation(() => {
    throw Object.assign(new Error(`kill ${code}`), { code });
  });
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a signal to a process group", () => {
  it.each(["ESRCH", "EPERM"])("that %s keeps from arriving has nobody left to reach", (code) => {
    refuseWith(code);
    expect(() => signalGroup(child, "SIGKILL")).not.toThrow();
  });

  it("that no system takes is an error", () => {
    refuseWith("EINVAL");
    expect(() => signalGroup(child, "SIGKILL")).toThrow("EINVAL");
  });

  it("reaches nobody where the program did not start", () => {
    const kill = vi.spyOn(process, "kill");
    signalGroup({ pid: undefined, kill: () => false }, "SIGKILL");
    expect(kill).not.toHaveBeenCalled();
  });
});

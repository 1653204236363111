import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { readEvent } from "../../../src/adapters/actions/event.ts";
import { InputError } from "../../../src/core/errors.ts";

async function eventFile(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "monitor-event-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "event.json"), text);
  return join(folder, "event.json");
}

describe("the event of a run", () => {
  test("is read from the file the runner names", async () => {
    const eventPath = await eventFile('{"pull_request": {"number": 7}, "repository": {"id": 3}}');
    expect(await readEvent({ eventName: "pull_request", eventPath })).toEqual({
      kind: "pull-request",
      name: "pull_request",
      action: "",
      issue: 7,
      fork: true,
      repository: { id: 3 },
    });
  });

  test("without a file is known by its name alone", async () => {
    expect(await readEvent({ eventName: "push", eventPath: undefined })).toMatchObject({
      kind: "push",
    });
  });

  test("of a file that is absent or no JSON is refused with a sentence", async () => {
    const absent = readEvent({ eventName: "push", eventPath: "/nonexistent/event.json" });
    await expect(absent).rejects.toThrow(InputError);
    await expect(absent).rejects.toThrow("cannot be read");
    const broken = readEvent({ eventName: "push", eventPath: await eventFile("{") });
    await expect(broken).rejects.toThrow("is not JSON");
  });
});

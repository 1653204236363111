import { execFileSync } from "node:child_process";
import { mkdir, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readRegularFile } from "../../../src/adapters/files/read-file.ts";
import { tempFolder } from "./temp-folder.ts";

const LIMITS = { maxBytes: 1_000_000, followSymlink: false };

describe("reading a regular file", () => {
  test("gives its bytes and when it changed", async () => {
    const path = join(await tempFolder(), "a");
    await writeFile(path, new Uint8Array([0, 255, 10]));
    await utimes(path, 1_700_000_000, 1_700_000_000);
    expect(await readRegularFile(path, LIMITS)).toEqual({
      kind: "read",
      bytes: Buffer.from([0, 255, 10]),
      modifiedMs: 1_700_000_000_000,
    });
  });

  test("an absent file is absent, also where its folder is a file", async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, "f"), "");
    expect(await readRegularFile(join(folder, "a"), LIMITS)).toEqual({ kind: "absent" });
    expect(await readRegularFile(join(folder, "f", "a"), LIMITS)).toEqual({ kind: "absent" });
  });

  test("a symbolic link is refused unless it may be followed", async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, "real"), "x");
    await symlink("real", join(folder, "link"));
    const refused = { kind: "refused", reason: "is a symbolic link" };
    expect(await readRegularFile(join(folder, "link"), LIMITS)).toEqual(refused);
    const followed = await readRegularFile(join(folder, "link"), {
      ...LIMITS,
      followSymlink: true,
    });
    expect(followed).toMatchObject({ kind: "read", bytes: Buffer.from("x") });
  });

  test("a folder, a named pipe and a device are refused without waiting", async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, "sub"));
    execFileSync("mkfifo", [join(folder, "pipe")]);
    for (const path of [join(folder, "sub"), join(folder, "pipe"), "/dev/zero"]) {
      expect(await readRegularFile(path, LIMITS)).toEqual({
        kind: "refused",
        reason: "is not a regular file",
      });
    }
  });

  test("a file above the limit is refused by its size, before it is read", async () => {
    const path = join(await tempFolder(), "big");
    await writeFile(path, "");
    await truncate(path, 1_000_001);
    const refused = { kind: "refused", reason: "is larger than 1 MB" };
    expect(await readRegularFile(path, LIMITS)).toEqual(refused);
    await truncate(path, 1_000_000);
    expect(await readRegularFile(path, LIMITS)).toMatchObject({ kind: "read" });
  });

  test("a file without a size, as in /proc, is refused once it has given too much", async () => {
    const reading = await readRegularFile("/proc/self/maps", {
      maxBytes: 10,
      followSymlink: false,
    });
    expect(reading).toMatchObject({ kind: "refused", reason: expect.stringContaining("larger") });
  });
});

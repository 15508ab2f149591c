import { afterEach, expect, test } from "vitest";
import { readDiskSpace } from "./disk-space";
import { parseEnv } from "./env";
import { sharedSlot } from "./shared-slot";

const use = (variables: Record<string, string>) => {
  sharedSlot("env").value = parseEnv(variables);
};
afterEach(() => {
  sharedSlot("env").value = undefined;
});

const free = (mebibytes: number) => () => ({ blocks: 1_000_000, bavail: mebibytes * 256, bsize: 4096 });

test.each([
  [499, true],
  [500, false],
])("%d MiB free, by default: short %s", (mebibytes, short) => {
  use({ DATABASE_FOLDER: "/data/pg" });
  expect(readDiskSpace(free(mebibytes))).toEqual({ freeBytes: mebibytes * 2 ** 20, short });
});

test("the reserve is a variable", () => {
  use({ DATABASE_FOLDER: "/data/pg", DISK_RESERVE_MB: "10" });
  expect(readDiskSpace(free(11))).toMatchObject({ short: false });
  expect(readDiskSpace(free(9))).toMatchObject({ short: true });
});

test("what can't be seen is not invented", () => {
  use({ DATABASE_URL: "postgresql://elsewhere/db" });
  expect(readDiskSpace(free(1))).toBe(null);
  use({ DATABASE_FOLDER: "/data/pg" });
  expect(readDiskSpace(() => ({ blocks: 0, bavail: 0, bsize: 4096 }))).toBe(null);
  use({ DATABASE_FOLDER: "/nowhere/at/all" });
  expect(readDiskSpace()).toBe(null);
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SmallDisk } from "./small-disk.ts";

let folder: string;
let disk: SmallDisk | null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-disk-"));
  disk = SmallDisk.mount(folder, 4);
  if (!disk) console.info("this user may not mount a disk: only that is tested here");
});
afterEach(() => {
  disk?.unmount();
  rmSync(folder, { recursive: true });
});

const write = (mebibytes: number) => writeFileSync(join(folder, "other"), Buffer.alloc(mebibytes * 2 ** 20));

test("a full disk takes nothing until it is emptied; where none can be mounted there is none", async () => {
  if (!disk) return expect(disk).toBeNull();
  await disk.fill(2);
  write(1);
  await disk.fill(0);
  expect(() => write(2)).toThrow(/ENOSPC/);
  disk.empty();
  write(3);
});

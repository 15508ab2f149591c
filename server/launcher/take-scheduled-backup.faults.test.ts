import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createTestDatabase, runOn, type TestDatabase } from "@/test/database";
import { takeScheduledBackup } from "./take-scheduled-backup.ts";

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});
afterEach(async () => {
  await runOn(database.url, "delete from setting");
  rmSync(folder, { recursive: true, force: true });
});
const schedule = () => {
  folder = mkdtempSync(join(tmpdir(), "vault-"));
  return { folder, everyHours: 24, keep: 2 };
};
const write = async (path: string) => {
  for (const each of [path, `${path}.secrets`]) writeFileSync(each, "x");
};
test("a backup of a clock that was a year ahead does not put off all others for a year", async () => {
  await runOn(
    database.url,
    `insert into setting (key, value) values ('last_backup', jsonb_build_object('takenAt', now() + interval '365 days', 'restored', true))`,
  );
  expect(await takeScheduledBackup(database.url, schedule(), write)).not.toBeNull();
});
test("the backup that was just taken is not removed because names of a clock that was ahead look newer", async () => {
  const plan = schedule();
  for (const name of ["cardesk-20990101T000000Z.backup", "cardesk-20990102T000000Z.backup"])
    await write(join(folder, name));
  const path = await takeScheduledBackup(database.url, plan, write);
  expect(existsSync(path ?? "")).toBe(true);
});
test("a backup that fails its check is one file, however often it is tried again, and pushes out no good one", async () => {
  const plan = schedule();
  const good = ["cardesk-20260101T000000Z.backup", "cardesk-20260102T000000Z.backup"];
  for (const name of good) await write(join(folder, name));
  const names = () =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".backup"))
      .toSorted();
  for (const _try of [1, 2]) {
    // As the command does: whole on the disk under its name, then the restore into a throw-away PostgreSQL fails.
    const failing = takeScheduledBackup(database.url, plan, async (path) => {
      await write(path);
      throw new Error("no room in /tmp");
    });
    await expect(failing).rejects.toThrow();
    expect(names()).toEqual([...good, "cardesk-unchecked.backup"]);
  }
  const path = await takeScheduledBackup(database.url, plan, write);
  expect(names()).toEqual([good[1], path?.slice(folder.length + 1)]);
});

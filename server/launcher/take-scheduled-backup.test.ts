import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createTestDatabase, runOn, type TestDatabase } from "@/test/database";
import { takeScheduledBackup } from "./take-scheduled-backup.ts";

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), "cardesk-schedule-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});
afterEach(() => runOn(database.url, "delete from setting"));

const schedule = () => ({ folder, everyHours: 24, keep: 2 });
const write = async (path: string) => {
  for (const each of [path, `${path}.secrets`]) writeFileSync(each, "x");
};
const noteLast = (hours: number) =>
  runOn(
    database.url,
    `insert into setting (key, value) values ('last_backup',
      jsonb_build_object('takenAt', now() - interval '${hours} hours', 'restored', true))`,
  );

async function failureNoted(): Promise<boolean> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query("select from setting where key = 'backup_failed'")).rowCount === 1;
  } finally {
    await client.end();
  }
}

test("none is due while the last one is young, whoever took it", async () => {
  await noteLast(23);
  expect(await takeScheduledBackup(database.url, schedule(), write)).toBeNull();
  expect(readdirSync(folder)).toEqual([]);
});

test("one that is due is taken, the oldest go with their secrets, and nobody else's file does", async () => {
  await noteLast(25);
  const old = ["20260101T000000Z", "20260102T000000Z", "20260103T000000Z"].map((at) => `cardesk-${at}.backup`);
  for (const name of old) await write(join(folder, name));
  writeFileSync(join(folder, "cardesk-by-hand.backup"), "x");
  writeFileSync(join(folder, `${old[0]}.part`), "x");
  const path = await takeScheduledBackup(database.url, schedule(), write);
  expect(path).toMatch(/cardesk-\d{8}T\d{6}Z\.backup$/);
  expect(existsSync(path ?? "")).toBe(true);
  const kept = readdirSync(folder).filter((name) => !name.endsWith(".secrets"));
  expect(kept.toSorted()).toEqual(
    [...old.slice(2), path?.slice(folder.length + 1), "cardesk-by-hand.backup"].toSorted(),
  );
  expect(existsSync(join(folder, `${old[0]}.secrets`))).toBe(false);
});

test("a failure removes nothing and is noted until one succeeds", async () => {
  const before = readdirSync(folder);
  const failing = takeScheduledBackup(database.url, { ...schedule(), keep: 1 }, async () => {
    throw new Error("the disk is full");
  });
  await expect(failing).rejects.toThrow("the disk is full");
  expect(readdirSync(folder)).toEqual(before);
  expect(await failureNoted()).toBe(true);
  await takeScheduledBackup(database.url, schedule(), write);
  expect(await failureNoted()).toBe(false);
});

test("two launchers of a database take one", async () => {
  const started = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const first = takeScheduledBackup(database.url, schedule(), async () => {
    started.resolve();
    await end.promise;
  });
  await started.promise;
  expect(await takeScheduledBackup(database.url, schedule(), write)).toBeNull();
  end.resolve();
  expect(await first).not.toBeNull();
});

/** With a folder of its own, which is empty. */
const anew = () => ({ ...schedule(), folder: mkdtempSync(join(folder, "anew-")) });

test("a backup of a clock that was a year ahead does not put off all others for a year", async () => {
  await noteLast(-365 * 24);
  expect(await takeScheduledBackup(database.url, anew(), write)).not.toBeNull();
});
test("the backup that was just taken is not removed because names of a clock that was ahead look newer", async () => {
  const plan = anew();
  for (const name of ["cardesk-20990101T000000Z.backup", "cardesk-20990102T000000Z.backup"])
    await write(join(plan.folder, name));
  const path = await takeScheduledBackup(database.url, plan, write);
  expect(existsSync(path ?? "")).toBe(true);
});
test("a backup that fails its check is one file, however often it is tried again, and pushes out no good one", async () => {
  const plan = anew();
  const good = ["cardesk-20260101T000000Z.backup", "cardesk-20260102T000000Z.backup"];
  for (const name of good) await write(join(plan.folder, name));
  const names = () =>
    readdirSync(plan.folder)
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
  expect(names()).toEqual([good[1], path?.slice(plan.folder.length + 1)]);
});

import { expect, test } from "vitest";
import { type Expected, type Facts, judgeDurability, judgeFacts } from "./judge-facts";

const now = new Date("2026-11-28T06:00:00.000Z");
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

const healthy: Facts = {
  version: "18.4",
  versionNumber: 180_004,
  trigrams: true,
  split: true,
  role: "cardesk_app",
  durability: { undurable: [], standbys: 0, synchronous: false },
  migration: 7,
  failedJobs: 0,
  undecided: 0,
  sources: [{ source: "espai.cards", lastSuccessAt: ago(0.1), errorKey: null }],
  wholeAt: ago(0.1),
  unnumbered: 0,
  notedHead: { seq: 9, there: true },
  pausedSince: null,
  lastBackup: { takenAt: ago(20).toISOString(), restored: true },
  backupFailedAt: null,
  restored: null,
};
const expected: Expected = {
  now,
  newestMigration: 7,
  configured: ["espai"],
  syncSeconds: 300,
  disk: { freeBytes: 2 ** 33, reserveBytes: 2 ** 29 },
};

test("an installation that is in order has no other line", () => {
  expect(judgeFacts(healthy, expected).filter(({ state }) => state !== "ok")).toEqual([]);
});

const cases: [string, Partial<Facts>, Partial<Expected>, string][] = [
  ["a disk that is nearly full", {}, { disk: { freeBytes: 1, reserveBytes: 2 } }, "fail disk_short"],
  ["an old PostgreSQL", { versionNumber: 140_011 }, {}, "fail database_old"],
  ["no trigrams", { trigrams: false }, {}, "fail database_no_trigrams"],
  ["fsync off", { durability: { undurable: ["fsync"], standbys: 2, synchronous: false } }, {}, "fail durability_off"],
  [
    "standbys of which none is waited for",
    { durability: { undurable: [], standbys: 2, synchronous: false } },
    {},
    "warn durability_async",
  ],
  ["one role", { split: false }, {}, "warn roles_one"],
  ["an older schema", { migration: 6 }, {}, "fail schema_older"],
  ["a newer schema", { migration: 8 }, {}, "fail schema_newer"],
  ["failed jobs", { failedJobs: 2 }, {}, "warn queue_failed"],
  ["paused writes", { pausedSince: now.toISOString() }, {}, "warn writes_paused"],
  ["operations that wait", { undecided: 1 }, {}, "warn undecided_some"],
  [
    "a key that is refused",
    { sources: [{ source: "espai.cards", lastSuccessAt: ago(1), errorKey: "x" }] },
    {},
    "fail keys_failing",
  ],
  ["a key nobody tried", { sources: [] }, {}, "warn keys_untried"],
  [
    "a key of yesterday",
    { sources: [{ source: "espai.cards", lastSuccessAt: ago(9), errorKey: null }] },
    {},
    "warn keys_stale",
  ],
  ["an old mirror", { wholeAt: ago(2) }, {}, "warn mirror_old"],
  ["no mirror", { wholeAt: null }, {}, "warn mirror_never"],
  ["a chain without its end", { notedHead: { seq: 9, there: false } }, {}, "fail audit_cut"],
  ["records without numbers", { unnumbered: 3 }, {}, "warn audit_unnumbered"],
  ["no head", { notedHead: null }, {}, "warn audit_no_head"],
  ["no backup", { lastBackup: null }, {}, "warn backup_never"],
  ["a scheduled backup that failed", { backupFailedAt: now.toISOString() }, {}, "fail backup_failing"],
  [
    "a backup of a clock that was ahead",
    { lastBackup: { takenAt: ago(-2).toISOString(), restored: true } },
    {},
    "warn backup_old",
  ],
  ["an old backup", { lastBackup: { takenAt: ago(50).toISOString(), restored: true } }, {}, "warn backup_old"],
];

test.each(cases)("%s", (_, facts, other, line) => {
  const found = judgeFacts({ ...healthy, ...facts }, { ...expected, ...other });
  expect(found.flatMap(({ state, says }) => (state === "ok" ? [] : [`${state} ${says}`]))).toEqual([line]);
});

test.each([
  ["standbys that are waited for", 2, true, "durability_ok"],
  ["a name to wait for and nobody there yet, so that commits wait", 0, true, "durability_ok"],
  ["standbys this role may not see", null, false, "durability_unknown"],
])("%s are in order", (_, standbys, synchronous, says) => {
  expect(judgeDurability({ undurable: [], standbys, synchronous })).toMatchObject({ state: "ok", says });
});

test("a mirror may be as old as its interval asks", () => {
  const [line] = judgeFacts({ ...healthy, wholeAt: ago(2) }, { ...expected, syncSeconds: 3_600 }).filter(
    ({ id }) => id === "mirror",
  );
  expect(line?.state).toBe("ok");
});

test("a restore is told with how many cards differ, as a warning while writes are paused", () => {
  const restored = { takenAt: ago(9).toISOString(), differing: 12 };
  const lineOf = (facts: Partial<Facts>) =>
    judgeFacts({ ...healthy, restored, ...facts }, expected).find(({ id }) => id === "restore");
  expect(lineOf({})).toMatchObject({ state: "ok", params: { count: 12 } });
  expect(lineOf({ pausedSince: now.toISOString() })).toMatchObject({ state: "warn" });
});

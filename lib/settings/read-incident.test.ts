import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type Ctx, SYSTEM } from "@/lib/context";
import { readDiskSpace } from "@/lib/core/disk-space";
import type { Role } from "@/lib/core/roles";
import { type Database, openDatabase } from "@/lib/db/client";
import { countUnrecorded } from "@/lib/process/unrecorded-outcomes";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { readIncident } from "./read-incident";

vi.mock("@/lib/core/disk-space", () => ({ readDiskSpace: vi.fn(() => null) }));

let file: TestDatabase;
let database: Database;

beforeAll(async () => {
  file = await createTestDatabase();
  database = openDatabase(file.url, 2);
});

afterAll(async () => {
  await database.pool.end();
  await file.drop();
});

afterEach(() => {
  vi.mocked(readDiskSpace).mockReturnValue(null);
});

const incidentFor = (role: Role) => {
  const ctx: Ctx = {
    actor: { ...SYSTEM, role },
    requestId: "r1",
    ip: null,
    userAgent: null,
    now: () => new Date("2026-11-28T06:00:00.000Z"),
    db: database.db,
  };
  return readIncident({ ctx });
};

test("nothing is wrong, also where the disk can't be seen", async () => {
  expect(await incidentFor("operator")).toEqual({ paused: null, diskShort: false, unrecorded: 0 });
  vi.mocked(readDiskSpace).mockReturnValue({ freeBytes: 9e9, short: false });
  expect(await incidentFor("operator")).toEqual({ paused: null, diskShort: false, unrecorded: 0 });
});

test("who may write is told that the disk is nearly full and what stands in memory only; who looks things up is not", async () => {
  vi.mocked(readDiskSpace).mockReturnValue({ freeBytes: 1_000, short: true });
  countUnrecorded(1);
  const trouble = { paused: null, diskShort: true, unrecorded: 1 };
  expect(await incidentFor("operator")).toEqual(trouble);
  expect(await incidentFor("admin")).toEqual(trouble);
  expect(await incidentFor("support")).toEqual({ paused: null, diskShort: false, unrecorded: 0 });
  countUnrecorded(-1);
});

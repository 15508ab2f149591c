import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { contractDrift } from "@/lib/db/schema";
import { reportDrift } from "@/lib/upstream/drift";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import type { DriftWriter } from "./drift-writer";
import { startDriftWriter } from "./drift-writer";

let file: TestDatabase;
let database: Database;
let keeper: DriftWriter | undefined;

beforeAll(async () => {
  file = await createTestDatabase();
  database = openDatabase(file.url, 4);
});

afterAll(async () => {
  await database.pool.end();
  await file.drop();
});

beforeEach(async () => {
  await database.db.delete(contractDrift);
});

afterEach(async () => {
  await keeper?.stop();
});

const kept = () => database.db.select().from(contractDrift).orderBy(contractDrift.field);
/** Listeners hear of news in the next turn of the event loop. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("each kind of drift is one row, counted over bursts and restarts, without the value", async () => {
  keeper = startDriftWriter(database.db, 3_600_000);
  for (let n = 0; n < 500; n += 1) reportDrift("espai", "/cdkey/list", "api_limit", "type", "13800001234");
  reportDrift("espai", "/cdkey/list", "type", "unknown_value", "9");
  await turn();
  reportDrift("espai", "/cdkey/list", "api_limit", "type", null);
  await turn();
  await keeper.stop();
  keeper = startDriftWriter(database.db, 3_600_000);
  reportDrift("espai", "/cdkey/list", "api_limit", "type", { secret: 1 });
  await turn();
  await keeper.flush();

  const rows = await kept();
  expect(rows.map(({ field, what, count, sample }) => ({ field, what, count, sample }))).toEqual([
    { field: "api_limit", what: "type", count: 502, sample: "object(1)" },
    { field: "type", what: "unknown_value", count: 1, sample: '"9"' },
  ]);
  expect(rows.every((row) => row.firstAt <= row.lastAt)).toBe(true);
});

test("news is written by itself soon after", async () => {
  keeper = startDriftWriter(database.db, 1);
  reportDrift("potato", "/api/createCardMy", "exportState", "missing", undefined);
  await expect.poll(kept).toHaveLength(1);
});

test("a database that fails disturbs nobody, and what it missed is written later", async () => {
  let broken = true;
  keeper = startDriftWriter(
    {
      insert: ((table: typeof contractDrift) => {
        if (broken) throw new Error("no database");
        return database.db.insert(table);
      }) as typeof database.db.insert,
    },
    3_600_000,
  );
  reportDrift("talkbot", "/v1/billing", "points", "type", 5);
  await turn();
  await keeper.flush();
  expect(await kept()).toEqual([]);
  broken = false;
  reportDrift("talkbot", "/v1/billing", "points", "type", 5);
  await turn();
  await keeper.flush();
  expect(await kept()).toMatchObject([{ field: "points", count: 2 }]);
});

test("two processes add up", async () => {
  keeper = startDriftWriter(database.db, 3_600_000);
  const other = startDriftWriter(database.db, 3_600_000);
  reportDrift("espai", "/cdkey/detail", "code", "missing", undefined);
  await turn();
  await Promise.all([keeper.flush(), other.stop()]);
  expect(await kept()).toMatchObject([{ field: "code", count: 2 }]);
});

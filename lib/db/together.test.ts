import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { env } from "@/lib/core/env";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { openDatabase } from "./client";
import { together } from "./together";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());

test("several values come by one statement, each as what it means, and PostgreSQL plans it once", async () => {
  const readBoth = together({
    sum: sql`${sql.placeholder("a")}::int + 1`.mapWith((sum) => ({ sum: Number(sum) })),
    list: sql`json_build_array(${sql.placeholder("a")}::int)`.mapWith((list: number[]) => list.length),
  });
  // Of one connection: each has its own plans.
  const { db, pool } = openDatabase(env().DATABASE_URL ?? "", 1);
  for (const a of [1, 2, 3]) expect(await readBoth(db, { a })).toEqual({ sum: { sum: a + 1 }, list: 1 });
  const { rows } = await db.execute(
    sql`select generic_plans + custom_plans as runs from pg_prepared_statements where statement like '%json_build_array%' and statement not like '%pg_prepared%'`,
  );
  expect(rows).toEqual([{ runs: "3" }]);
  await pool.end();
});

test("a value that is not given is an error, and no empty answer", async () => {
  const read = together({ what: sql`${sql.placeholder("what")}::text` });
  await expect(read(room.as("admin").db, {})).rejects.toThrow("what");
});

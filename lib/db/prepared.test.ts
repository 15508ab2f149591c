import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { expect, test, vi } from "vitest";
import { prepared } from "./prepared";
import { setting } from "./schema";

type Sent = { text: string; name?: string; values: unknown };

/** A database that answers with no rows, and what it was sent. */
function openSilent() {
  const sent: Sent[] = [];
  const query = async (config: { text: string; name?: string }, values: unknown) => {
    sent.push({ ...config, values });
    return { rows: [] };
  };
  return { db: drizzle({ query } as unknown as pg.Pool), sent };
}

test("a statement is built once for each database, and sent to it with the values of each time", async () => {
  const build = vi.fn((db: Parameters<Parameters<typeof prepared>[0]>[0]) =>
    db
      .select()
      .from(setting)
      .where(eq(setting.key, sql.placeholder("key"))),
  );
  const byKey = prepared(build);
  const [one, other] = [openSilent(), openSilent()];
  await Promise.all([byKey(one.db).execute({ key: "a" }), byKey(one.db).execute({ key: "b" })]);
  await byKey(other.db).execute({ key: "c" });
  expect(build).toHaveBeenCalledTimes(2);
  expect(one.sent.map(({ values }) => values)).toEqual([["a"], ["b"]]);
  expect(other.sent.map(({ values }) => values)).toEqual([["c"]]);
});

test("PostgreSQL keeps it under a name that says its text: another text has another name", async () => {
  const { db, sent } = openSilent();
  const all = prepared((on) => on.select().from(setting));
  await all(db).execute();
  await all(db).execute();
  await prepared((on) => on.select().from(setting).limit(1))(db).execute();
  const [first, again, other] = sent.map(({ name }) => name);
  expect(first).toMatch(/^[\w-]{43}$/);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

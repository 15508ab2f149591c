import "server-only";
import { sql } from "drizzle-orm";
import { cache } from "react";
import type { Tx } from "@/lib/db/client";
import { setting } from "@/lib/db/schema";
import { together } from "@/lib/db/together";

export type StoredSetting = typeof setting.$inferSelect;
/** By key. */
export type StoredSettings = ReadonlyMap<string, StoredSetting>;

type Json = Omit<StoredSetting, "updatedAt"> & { updatedAt: string };

/** What stands in the table, as part of another statement. */
export const everySetting = sql`(select coalesce(json_agg(json_build_object('key', key, 'value', value,
  'updatedAt', updated_at, 'updatedBy', updated_by)), '[]') from ${setting})`.mapWith(
  (rows: Json[]): StoredSettings =>
    new Map(rows.map((row) => [row.key, { ...row, updatedAt: new Date(row.updatedAt) }])),
);

const readAll = together({ stored: everySetting });

/** Of a page that is rendered; an action, a route or a job has a new one each time. */
const keptFor = cache((_db: Pick<Tx, "select">): { stored?: Promise<StoredSettings> } => ({}));

/** Read once for a page that is rendered, or not at all where its session was read with them; else each time. */
export function storedSettings(db: Pick<Tx, "select">): Promise<StoredSettings> {
  const kept = keptFor(db);
  kept.stored ??= readAll(db).then(({ stored }) => stored);
  return kept.stored;
}

/** Have a page that is rendered take these: it reads none itself. */
export function keepSettings(db: Pick<Tx, "select">, stored: StoredSettings): void {
  keptFor(db).stored = Promise.resolve(stored);
}

import "server-only";
import { cache } from "react";
import type { Tx } from "@/lib/db/client";
import { prepared } from "@/lib/db/prepared";
import { setting } from "@/lib/db/schema";

export type StoredSetting = typeof setting.$inferSelect;

const everything = prepared((db) => db.select().from(setting));

/** What stands in the table, by key. Read once for a page that is rendered; an action, a route or a job reads it each time. */
export const storedSettings = cache(async (db: Pick<Tx, "select">): Promise<ReadonlyMap<string, StoredSetting>> => {
  const rows = await everything(db).execute();
  return new Map(rows.map((row) => [row.key, row]));
});

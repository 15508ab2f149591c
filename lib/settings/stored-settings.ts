import "server-only";
import { cache } from "react";
import type { Tx } from "@/lib/db/client";
import { setting } from "@/lib/db/schema";

export type StoredSetting = typeof setting.$inferSelect;

/** What stands in the table, by key. Read once for a page that is rendered; an action, a route or a job reads it each time. */
export const storedSettings = cache(async (db: Pick<Tx, "select">): Promise<ReadonlyMap<string, StoredSetting>> => {
  const rows = await db.select().from(setting);
  return new Map(rows.map((row) => [row.key, row]));
});

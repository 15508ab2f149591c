import "server-only";
import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { contractDrift } from "@/lib/db/schema";
import type { Drift } from "@/lib/upstream";

export type DriftNews = Pick<Drift, "upstream" | "call" | "field" | "what" | "added" | "sample"> & {
  firstAt: Date;
  lastAt: Date;
};

/**
 * Add new drift to the stored counts: one row per kind, over all processes and restarts. Rows are written in a fixed
 * order, which prevents deadlocks.
 */
export async function recordDrift(tx: Pick<Tx, "insert">, news: readonly DriftNews[]): Promise<void> {
  const rows = news
    .filter((drift) => drift.added > 0)
    .map(({ added, ...drift }) => ({ ...drift, count: added }))
    .toSorted((a, b) => (driftKey(a) < driftKey(b) ? -1 : 1));
  if (rows.length === 0) return;
  await tx
    .insert(contractDrift)
    .values(rows)
    .onConflictDoUpdate({
      target: [contractDrift.upstream, contractDrift.call, contractDrift.field, contractDrift.what],
      set: {
        count: sql`least(${contractDrift.count}::bigint + excluded.count, 2147483647)`,
        sample: sql`excluded.sample`,
        lastAt: sql`greatest(${contractDrift.lastAt}, excluded.last_at)`,
      },
    });
}

export const driftKey = (drift: Pick<Drift, "upstream" | "call" | "field" | "what">): string =>
  `${drift.upstream} ${drift.call} ${drift.field} ${drift.what}`;

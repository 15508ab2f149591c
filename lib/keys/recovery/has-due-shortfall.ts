import "server-only";
import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { env } from "@/lib/core/env";
import type { Tx } from "@/lib/db/client";
import { operation } from "@/lib/db/schema";
import { nextReconcileAt } from "@/lib/operations";
import { wasChecked } from "../batches/read-progress";

// Names are written out: inside a selection drizzle drops the table's, and "id" would then be the key's own.
/** How many keys a chunk has, duplicates not counted. */
export const keysOfChunk = sql<number>`(select count(*)::int from card_key k
  where k.operation_id = operation.id and k.flag is distinct from 'duplicate')`;

/** A chunk that happened but brought fewer keys than asked, and no listing has shown yet that there are no others. */
export const isShort = sql`(${operation.state} in ('done', 'applied')
    or (${operation.state} = 'settled' and ${operation.settledAs} = 'applied'))
  and ${keysOfChunk} < (${operation.params}->>'count')::int and not ${wasChecked(sql`operation.id`, keysOfChunk)}`;

/** Whether a refused call's keys are asked for again, while a listing may still find them without a person's help. */
export async function hasReleasedChunk(tx: Tx, batchId: string): Promise<boolean> {
  const released = and(eq(operation.batchId, batchId), eq(operation.state, "unknown"), isNotNull(operation.releasedAt));
  const open = and(released, isNull(operation.needsManualResolution));
  return (await tx.select({ id: operation.id }).from(operation).where(open).limit(1)).length > 0;
}

/**
 * Whether a batch has a shortfall that should be looked for now: at once, and then at the pace of unknown operations,
 * because the upstream's list may lag behind what was made.
 */
export async function hasDueShortfall(tx: Tx, batchId: string, now: Date): Promise<boolean> {
  const lastListed = sql<Date | null>`(select max(r.at) from operation_reading r
    where r.operation_id = operation.id and r.reading->>'kind' = 'listing')`.mapWith(operation.endedAt);
  const rows = await tx
    .select({ endedAt: operation.endedAt, finishedAt: operation.finishedAt, lastListed })
    .from(operation)
    .where(and(eq(operation.batchId, batchId), eq(operation.kind, "generate"), isShort));
  const quietSeconds = env().QUIET_PERIOD_SECONDS;
  return rows.some(({ endedAt, finishedAt, lastListed: last }) => {
    // A person's decision is acted on at once.
    if (!endedAt || !last || (finishedAt && finishedAt >= last)) return true;
    return nextReconcileAt(endedAt, last, quietSeconds) <= now;
  });
}

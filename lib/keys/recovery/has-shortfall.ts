import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { operation } from "@/lib/db/schema";
import { wasChecked } from "../batches/read-progress";

// Names are written out: inside a selection drizzle drops the table's, and "id" would then be the key's own.
/** How many keys a chunk has, duplicates not counted. */
export const keysOfChunk = sql<number>`(select count(*)::int from card_key k
  where k.operation_id = operation.id and k.flag is distinct from 'duplicate')`;

/** A chunk that happened but brought fewer keys than asked, and no complete listing has looked for the others yet. */
export const isShort = sql`(${operation.state} in ('done', 'applied')
    or (${operation.state} = 'settled' and ${operation.settledAs} = 'applied'))
  and ${keysOfChunk} < (${operation.params}->>'count')::int and not ${wasChecked(sql`operation.id`)}`;

/** Whether a batch has a chunk that happened but brought too few keys, and no listing has looked for the others yet. */
export async function hasShortfall(tx: Tx, batchId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: operation.id })
    .from(operation)
    .where(and(eq(operation.batchId, batchId), eq(operation.kind, "generate"), isShort))
    .limit(1);
  return rows.length > 0;
}

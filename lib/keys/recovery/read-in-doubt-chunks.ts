import "server-only";
import { and, asc, count, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { operation } from "@/lib/db/schema";
import { type OperationRow, paramsOf } from "@/lib/operations";
import { wasChecked } from "../batches/read-progress";

/** A chunk whose keys may be upstream without being here. */
export type InDoubtChunk = {
  row: OperationRow;
  batchId: string;
  sentAt: Date;
  endedAt: Date;
  /** Keys it has already. */
  found: number;
  /** Keys it may still have made. */
  missing: number;
  /** Its call succeeded, or a person said so: only its missing keys are in question. */
  owed: boolean;
};

// Names are written out: inside a selection drizzle drops the table's, and "id" would then be the key's own.
const keys = sql<number>`(select count(*)::int from card_key k
  where k.operation_id = operation.id and k.flag is distinct from 'duplicate')`;
const owes = sql`(${operation.state} in ('done', 'applied')
    or (${operation.state} = 'settled' and ${operation.settledAs} = 'applied'))
  and ${keys} < (${operation.params}->>'count')::int and not ${wasChecked(sql`operation.id`)}`;

const keyTypeIs = (keyType: number) => sql`(${operation.params}->>'keyType')::int = ${keyType}`;

/**
 * Every chunk of a key type, of whatever batch, that is unknown or owes keys; oldest call first. The rows are locked:
 * take them before anything else, because a late answer holds its operation when it comes for the keys.
 */
export async function readInDoubtChunks(tx: Tx, keyType: number): Promise<InDoubtChunk[]> {
  const rows = await tx
    .select({ row: operation, found: keys })
    .from(operation)
    .where(and(eq(operation.kind, "generate"), keyTypeIs(keyType), sql`(${operation.state} = 'unknown' or (${owes}))`))
    .orderBy(asc(operation.id))
    .for("update", { of: operation });
  return rows
    .flatMap(({ row, found }): InDoubtChunk[] => {
      if (!row.batchId) return [];
      const sentAt = row.sentAt ?? row.createdAt;
      const missing = Math.max(0, paramsOf("generate", row).count - found);
      const owed = row.state !== "unknown";
      return [{ row, batchId: row.batchId, sentAt, endedAt: row.endedAt ?? sentAt, found, missing, owed }];
    })
    .toSorted((a, b) => a.sentAt.getTime() - b.sentAt.getTime());
}

/** Whether a call for keys of this type may be under way in any process. */
export async function isBeingMade(tx: Tx, keyType: number): Promise<boolean> {
  const rows = await tx
    .select({ id: operation.id })
    .from(operation)
    .where(and(inArray(operation.state, ["intent", "sent"]), eq(operation.kind, "generate"), keyTypeIs(keyType)))
    .limit(1);
  return rows.length > 0;
}

/** How many chunks of this type there have ever been: whether one was taken while somebody looked. */
export async function countChunks(tx: Tx, keyType: number): Promise<number> {
  const ofType = and(eq(operation.kind, "generate"), keyTypeIs(keyType));
  const [row] = await tx.select({ chunks: count() }).from(operation).where(ofType);
  return row?.chunks ?? 0;
}

/** Whether a chunk of the batch happened but brought too few keys, and nobody has looked yet where the others are. */
export async function hasShortfall(tx: Tx, batchId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: operation.id })
    .from(operation)
    .where(and(eq(operation.batchId, batchId), eq(operation.kind, "generate"), owes))
    .limit(1);
  return rows.length > 0;
}

import "server-only";
import { and, asc, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { operation } from "@/lib/db/schema";
import { type OperationRow, openOperation, paramsOf } from "@/lib/operations";
import { isOfKeyType } from "./chunks-of-type";
import { isShort, keysOfChunk } from "./has-due-shortfall";

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
  /** Its call certainly happened: only its missing keys are in doubt. False: its outcome is unknown. */
  shortfall: boolean;
  /** Keys found are shared out to the lowest first: 0, then 1 for refused calls, then 2 for those asked for again. */
  rank: 0 | 1 | 2;
};

/**
 * Every chunk of a key type, of any batch, that is unknown or has a shortfall; oldest call first. The rows are locked,
 * before any other lock of the transaction: a late answer locks its operation first and then asks for the keys.
 */
export async function readInDoubtChunks(tx: Tx, keyType: number): Promise<InDoubtChunk[]> {
  const rows = await tx
    .select({ row: operation, found: keysOfChunk })
    .from(operation)
    .where(and(isOfKeyType(keyType), sql`(${operation.state} = 'unknown' or (${isShort}))`))
    .orderBy(asc(operation.id))
    .for("update", { of: operation });
  return rows
    .flatMap(({ row: stored, found }): InDoubtChunk[] => {
      const row = openOperation(stored);
      const { batchId } = row;
      if (!batchId) return [];
      const sentAt = row.sentAt ?? row.createdAt;
      const endedAt = row.endedAt ?? sentAt;
      const missing = Math.max(0, paramsOf("generate", row).count - found);
      const shortfall = row.state !== "unknown";
      return [{ row, batchId, sentAt, endedAt, found, missing, shortfall, rank: rankOf(row) }];
    })
    .toSorted((a, b) => a.sentAt.getTime() - b.sentAt.getTime());
}

/** A refused call is less likely to have made keys; and keys that fit where they are reserved need not be surplus. */
function rankOf({ state, reason, releasedAt }: OperationRow): 0 | 1 | 2 {
  if (state !== "unknown" || reason !== "refusal_unproven") return 0;
  return releasedAt ? 2 : 1;
}

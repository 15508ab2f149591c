import "server-only";
import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";

/**
 * A lock per key type. Recovery takes it exclusively, generators share it: while keys are listed none are made, so what
 * a listing shows can only belong to chunks that have ended.
 */
export const generationLockName = (keyType: number): string => `cardesk.keys.${keyType}`;

/** Share the lock until the transaction ends; false while recovery has it exclusively. */
export async function joinGenerators(tx: Tx, keyType: number): Promise<boolean> {
  const name = generationLockName(keyType);
  const { rows } = await tx.execute(
    sql`select pg_try_advisory_xact_lock_shared(hashtextextended(${name}, 0)) as locked`,
  );
  return rows[0]?.locked === true;
}

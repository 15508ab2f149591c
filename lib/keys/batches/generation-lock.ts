import "server-only";
import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";

/**
 * Held alone by whoever looks for lost keys of a type, shared by every transaction that is about to make some:
 * while somebody looks, nobody makes, so what a listing shows can only belong to chunks that have ended.
 */
export const generationLockName = (keyType: number): string => `cardesk.keys.${keyType}`;

/** Join the makers until the transaction ends; false while somebody looks. */
export async function joinGenerators(tx: Tx, keyType: number): Promise<boolean> {
  const name = generationLockName(keyType);
  const { rows } = await tx.execute(sql`select pg_try_advisory_xact_lock_shared(hashtextextended(${name}, 0)) as held`);
  return rows[0]?.held === true;
}

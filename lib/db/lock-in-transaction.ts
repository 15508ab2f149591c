import "server-only";
import { sql } from "drizzle-orm";
import type { Tx } from "./client";

/** Wait for every other transaction that holds a lock of this name, and hold it until this one ends: what is counted then stays so. */
export async function lockInTransaction(tx: Pick<Tx, "execute">, name: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}::text, 0))`);
}

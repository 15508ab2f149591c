import "server-only";
import { asc, inArray } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { card } from "@/lib/db/schema";

/** Lock the mirror's rows of these cards to the end of the transaction, in order of id as the mirror's own writes do. */
export async function lockCardRows(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx
    .select({ id: card.id })
    .from(card)
    .where(inArray(card.id, [...ids]))
    .orderBy(asc(card.id))
    .for("update");
}

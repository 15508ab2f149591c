import "server-only";
import { and, desc, eq, inArray, isNotNull } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { cardKey, operation } from "@/lib/db/schema";

/** An address changes now and then, and consoles on one database may have several: what the newest answers say. */
const ANSWERS = 50;

/** Addresses that keys in answers to our own calls were made from: those of the newest calls and of these chunks. */
export async function readOwnAddresses(tx: Tx, chunkIds: readonly string[]): Promise<Set<string>> {
  const newest = await tx
    .select({ id: operation.id })
    .from(operation)
    .where(and(eq(operation.kind, "generate"), eq(operation.state, "done")))
    .orderBy(desc(operation.createdAt))
    .limit(ANSWERS);
  const ours = inArray(cardKey.operationId, [...newest.map(({ id }) => id), ...chunkIds]);
  const rows = await tx
    .selectDistinct({ ip: cardKey.makerIp })
    .from(cardKey)
    .where(and(ours, eq(cardKey.recovered, false), isNotNull(cardKey.makerIp)));
  return new Set(rows.flatMap(({ ip }) => (ip === null ? [] : [ip])));
}

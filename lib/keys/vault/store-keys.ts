import "server-only";
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import { cardKey } from "@/lib/db/schema";
import type { PotatoKey } from "@/lib/upstream";
import { encryptKey } from "./encrypt-key";

export type KeyFlag = NonNullable<(typeof cardKey.$inferSelect)["flag"]>;

/** Rows that are keys: a duplicate is stored, but it is the same key again. */
export const isDistinctKey = sql`${cardKey.flag} is distinct from 'duplicate'`;

/** Rows that are more than the batch wants: found when a call that said it had made none had been made up for. */
export const isSurplusKey = sql`${cardKey.flag} is not distinct from 'surplus'`;

export type NewKey = { key: PotatoKey; fingerprint: string; flag: KeyFlag | null };
export type KeyOwner = { batchId: string; operationId: string; keyType: number };

type Input = {
  owner: KeyOwner;
  keys: readonly NewKey[];
  /** Found in a listing, not in the chunk's own answer. */
  recovered: boolean;
};

/** Store keys, encrypted, in the caller's transaction. The only place where keys go into the database. */
export async function storeKeys(tx: Tx, ctx: Ctx, { owner, keys, recovered }: Input): Promise<void> {
  if (keys.length === 0) return;
  const recordedAt = ctx.now();
  const rows = keys.map(({ key, fingerprint, flag }) => {
    const id = randomUUID();
    return {
      ...owner,
      id,
      upstreamId: key.id ?? "",
      keyType: key.type ?? owner.keyType,
      last4: key.cardStr.length > 4 ? key.cardStr.slice(-4) : "",
      cipher: encryptKey(key.cardStr, id),
      fingerprint,
      flag,
      recovered,
      makerIp: key.ip,
      upstreamCreatedAt: key.createdAt,
      recordedAt,
    };
  });
  await tx.insert(cardKey).values(rows);
}

import "server-only";
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import { cardKey } from "@/lib/db/schema";
import { encryptKey } from "@/lib/keys/encrypt-key";
import type { PotatoKey } from "@/lib/upstream/potato/schema";

export type KeyFlag = NonNullable<(typeof cardKey.$inferSelect)["flag"]>;

/** Rows that count: a duplicate is kept, but it is the same key again. */
export const isDistinctKey = sql`${cardKey.flag} is distinct from 'duplicate'`;

type Storing = {
  key: PotatoKey;
  keyType: number;
  batchId: string;
  operationId: string;
  fingerprint: string;
  recovered: boolean;
  flag: KeyFlag | null;
};

/** Keep one key, encrypted, in the caller's transaction. The only place where a key goes into the database. */
export async function storeKey(tx: Tx, ctx: Ctx, storing: Storing): Promise<void> {
  const { key, keyType, ...rest } = storing;
  const id = randomUUID();
  await tx.insert(cardKey).values({
    ...rest,
    id,
    upstreamId: key.id ?? "",
    keyType: key.type ?? keyType,
    last4: key.cardStr.length > 4 ? key.cardStr.slice(-4) : "",
    cipher: encryptKey(key.cardStr, id),
    upstreamCreatedAt: key.createdAt,
    recordedAt: ctx.now(),
  });
}

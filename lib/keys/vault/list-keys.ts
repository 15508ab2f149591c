import "server-only";
import { and, count, desc, eq, isNotNull } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { cardKey } from "@/lib/db/schema";
import type { listKeysSchema } from "../schemas";

/** A key as a list may show it: never the key. */
export type KeyView = {
  id: string;
  last4: string;
  keyType: number;
  recordedAt: string;
  upstreamCreatedAt: string | null;
  recovered: boolean;
  /** As PotatoCloud's list last showed it, at `seenAt`; null until then. */
  used: boolean | null;
  deleted: boolean | null;
  expiresAt: string | null;
  seenAt: string | null;
  flag: "extra" | "duplicate" | "wrong_type" | "surplus" | null;
  operationId: string;
};
export type KeyList = { rows: KeyView[]; total: number };

/** Keys of a batch, newest first; `flagged`: only those with a flag. */
export async function listKeys({ ctx, input }: { ctx: Ctx; input: z.output<typeof listKeysSchema> }): Promise<KeyList> {
  const where = and(eq(cardKey.batchId, input.batchId), input.flagged ? isNotNull(cardKey.flag) : undefined);
  const { id, last4, keyType, recordedAt, upstreamCreatedAt, recovered, flag, operationId } = cardKey;
  const { used, deleted, expiresAt, seenAt } = cardKey;
  const status = { used, deleted, expiresAt, seenAt };
  const [rows, [counted]] = await Promise.all([
    ctx.db
      .select({ id, last4, keyType, recordedAt, upstreamCreatedAt, recovered, flag, operationId, ...status })
      .from(cardKey)
      .where(where)
      .orderBy(desc(recordedAt), id)
      .limit(input.size)
      .offset((input.page - 1) * input.size),
    ctx.db.select({ total: count() }).from(cardKey).where(where),
  ]);
  return {
    rows: rows.map((row) => ({
      ...row,
      recordedAt: row.recordedAt.toISOString(),
      upstreamCreatedAt: row.upstreamCreatedAt?.toISOString() ?? null,
      expiresAt: row.expiresAt?.toISOString() ?? null,
      seenAt: row.seenAt?.toISOString() ?? null,
    })),
    total: counted?.total ?? 0,
  };
}

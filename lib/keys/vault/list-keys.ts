import "server-only";
import { count, desc, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { cardKey } from "@/lib/db/schema";
import type { listKeysSchema } from "../schemas";
import { keyConditions } from "./key-conditions";
import { isDistinctKey } from "./store-keys";

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
export type KeyList = {
  rows: KeyView[];
  total: number;
  /** How many of them an export holds: each once; in plain lines only those of the batch's type, without the surplus. */
  exported: { csv: number; txt: number };
};

/** Keys of a batch, newest first; `flagged`: only those with a flag, `status`: only those it is true of. */
export async function listKeys({ ctx, input }: { ctx: Ctx; input: z.output<typeof listKeysSchema> }): Promise<KeyList> {
  const where = keyConditions(input.batchId, input);
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
    ctx.db
      .select({
        total: count(),
        csv: sql<number>`count(*) filter (where ${isDistinctKey})::int`,
        txt: sql<number>`count(*) filter (where ${flag} is null or ${flag} = 'extra')::int`,
      })
      .from(cardKey)
      .where(where),
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
    exported: { csv: counted?.csv ?? 0, txt: counted?.txt ?? 0 },
  };
}

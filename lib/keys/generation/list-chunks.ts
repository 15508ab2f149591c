import "server-only";
import { count, desc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { operation } from "@/lib/db/schema";
import { type OperationView, openOperation, viewOperation } from "@/lib/operations";
import type { listChunksSchema } from "../schemas";
import { generateKind } from "./generate-kind";

/** One call of a batch: the operation, and how many keys it brought (duplicates not counted). */
export type ChunkView = { operation: OperationView; keys: number };
export type ChunkList = { rows: ChunkView[]; total: number };

/** A batch's calls, newest first. */
export async function listChunks({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof listChunksSchema>;
}): Promise<ChunkList> {
  const where = eq(operation.batchId, input.batchId);
  // Written out: inside a selection drizzle drops the table's name, and "id" would then be the key's own.
  const keys = sql<number>`(select count(*)::int from card_key k
    where k.operation_id = operation.id and k.flag is distinct from 'duplicate')`;
  const [rows, [counted]] = await Promise.all([
    ctx.db
      .select({ row: operation, keys })
      .from(operation)
      .where(where)
      .orderBy(desc(operation.createdAt), operation.id)
      .limit(input.size)
      .offset((input.page - 1) * input.size),
    ctx.db.select({ total: count() }).from(operation).where(where),
  ]);
  return {
    rows: rows.map(({ row, keys: brought }) => ({
      operation: viewOperation(generateKind, openOperation(row)),
      keys: brought,
    })),
    total: counted?.total ?? 0,
  };
}

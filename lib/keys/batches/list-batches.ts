import "server-only";
import { and, count, desc, ilike, inArray } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { inDayRange } from "@/lib/db/day-range";
import { contains } from "@/lib/db/like-pattern";
import { batch } from "@/lib/db/schema";
import type { listBatchesSchema } from "../schemas";
import { countProgress } from "./count-progress";
import { readProgresses } from "./read-progress";
import { type BatchView, viewBatch } from "./view-batch";

export type BatchList = { rows: BatchView[]; total: number };

/** Batches, newest first, each with its progress. */
export async function listBatches({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof listBatchesSchema>;
}): Promise<BatchList> {
  const where = and(
    input.types.length ? inArray(batch.keyType, input.types) : undefined,
    input.states.length ? inArray(batch.state, input.states) : undefined,
    input.creator ? ilike(batch.createdByName, contains(input.creator)) : undefined,
    input.note ? ilike(batch.note, contains(input.note)) : undefined,
    inDayRange(batch.createdAt, input.from, input.to),
  );
  const [rows, [counted]] = await Promise.all([
    ctx.db
      .select()
      .from(batch)
      .where(where)
      .orderBy(desc(batch.createdAt), batch.id)
      .limit(input.size)
      .offset((input.page - 1) * input.size),
    ctx.db.select({ total: count() }).from(batch).where(where),
  ]);
  const ids = rows.map((row) => row.id);
  const progresses = await readProgresses(ctx.db, ids);
  return {
    rows: rows.map((row) => viewBatch(row, progresses.get(row.id) ?? countProgress([]))),
    total: counted?.total ?? 0,
  };
}

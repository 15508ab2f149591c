import "server-only";
import { and, count, desc, eq, exists, inArray, isNotNull, ne, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { inDayRange } from "@/lib/db/day-range";
import { operation, operationCard } from "@/lib/db/schema";
import type { Kinds } from "../operation-kind";
import type { listOperationsSchema } from "../schemas";
import { type OperationView, viewOperation } from "./view-operation";

export type OperationList = { rows: OperationView[]; total: number };

type Input = { ctx: Ctx; input: z.output<typeof listOperationsSchema>; kinds: Kinds };

/** Operations, newest first. Drafts are no operations yet and never listed. */
export async function listOperations({ ctx, input, kinds }: Input): Promise<OperationList> {
  const touches = ctx.db
    .select({ one: sql`1` })
    .from(operationCard)
    .where(and(eq(operationCard.operationId, operation.id), eq(operationCard.cardId, input.cardId)));
  const conditions: (SQL | undefined)[] = [
    ne(operation.state, "draft"),
    input.kinds.length ? inArray(operation.kind, input.kinds) : undefined,
    input.states.length ? inArray(operation.state, input.states) : undefined,
    input.actor ? sql`lower(${operation.actorName}) = lower(${input.actor})` : undefined,
    input.cardId ? exists(touches) : undefined,
    input.batchId ? eq(operation.batchId, input.batchId) : undefined,
    input.needsManualResolution ? isNotNull(operation.needsManualResolution) : undefined,
    inDayRange(operation.createdAt, input.from, input.to),
  ];
  const where = and(...conditions);
  const [rows, [total]] = await Promise.all([
    ctx.db
      .select()
      .from(operation)
      .where(where)
      .orderBy(desc(operation.createdAt), operation.id)
      .limit(input.size)
      .offset((input.page - 1) * input.size),
    ctx.db.select({ n: count() }).from(operation).where(where),
  ]);
  return { rows: rows.map((row) => viewOperation(kinds[row.kind], row)), total: total?.n ?? 0 };
}

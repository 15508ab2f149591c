import "server-only";
import { and, count, desc, eq, exists, ilike, inArray, isNotNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { inDayRange } from "@/lib/db/day-range";
import { contains } from "@/lib/db/like-pattern";
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
    said(input.text),
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

/** Note or ticket number contain the text, in any case; undefined: any. */
function said(text: string): SQL | undefined {
  if (!text) return undefined;
  return or(ilike(operation.note, contains(text)), ilike(operation.reference, contains(text)));
}

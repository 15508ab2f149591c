import "server-only";
import { isDeepStrictEqual } from "node:util";
import { and, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { operation } from "@/lib/db/schema";
import type { BatchSummary, Kinds } from "../operation-kind";
import { listOperationsSchema } from "../schemas";
import type { OperationView } from "./view-operation";

type Query = z.output<typeof listOperationsSchema>;

/** `batch`: the row stands for all the calls of its batch that were found. */
export type ListedOperation = OperationView & { batch: BatchSummary | null };

/**
 * Of the operations that `where` finds: of each batch the first call only. Single calls are asked for by their batch, by a
 * text, which names one call, or for manual resolution, which each call needs for itself.
 */
export function foldBatches(query: Query, where: SQL | undefined): SQL | undefined {
  if (!isFolded(query)) return where;
  if (isSameForWholeBatches(query)) return and(eq(operation.folded, false), where);
  // Inside, "operation" is the earlier call, so that the same conditions hold for it; `later` is the row outside.
  return and(
    where,
    sql`(${operation.batchId} is null or not exists (
      select 1 from (select ${operation.batchId} as batch, ${operation.createdAt} as at, ${operation.id} as id) later, operation
      where ${operation.batchId} = later.batch and (${operation.createdAt}, ${operation.id}) < (later.at, later.id)
        and ${and(where, isNotNull(operation.batchId))}))`,
  );
}

/** Gives the rows that stand for a batch what became of it. */
export async function withBatches(
  db: Tx,
  query: Query,
  kinds: Kinds,
  rows: readonly OperationView[],
): Promise<ListedOperation[]> {
  const ids = isFolded(query) ? rows.flatMap((row) => row.batchId ?? []) : [];
  const batches = ids.length > 0 ? await kinds.generate.summarizeBatches?.(db, ids) : undefined;
  return rows.map((row) => ({ ...row, batch: (row.batchId && batches?.get(row.batchId)) || null }));
}

const isFolded = ({ batchId, text, needsManualResolution }: Query): boolean =>
  !batchId && text === "" && !needsManualResolution;

/** Nothing is asked for but what all calls of a batch have in common, so the stored mark is true. */
function isSameForWholeBatches(query: Query): boolean {
  const { kinds, actor, page, size, ...rest } = query;
  const { kinds: _k, actor: _a, page: _p, size: _s, ...nothing } = listOperationsSchema.parse({});
  return isDeepStrictEqual(rest, nothing);
}

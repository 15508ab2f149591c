import "server-only";
import { isDeepStrictEqual } from "node:util";
import { and, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { operation } from "@/lib/db/schema";
import type { BatchSummary, Kinds } from "../operation-kind";
import { listOperationsSchema } from "../schemas";

type Query = z.output<typeof listOperationsSchema>;

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

/** What became of the batches that rows stand for, by their ids. */
export async function readBatches(
  db: Tx,
  query: Query,
  kinds: Kinds,
  rows: readonly { batchId: string | null }[],
): Promise<Map<string, BatchSummary>> {
  const ids = isFolded(query) ? rows.flatMap((row) => row.batchId ?? []) : [];
  return (ids.length > 0 && (await kinds.generate.summarizeBatches?.(db, ids))) || new Map();
}

const isFolded = ({ batchId, text, needsManualResolution }: Query): boolean =>
  !batchId && text === "" && !needsManualResolution;

/** Nothing is asked for but what all calls of a batch have in common, so the stored mark is true. */
function isSameForWholeBatches(query: Query): boolean {
  const { kinds, actor, page, size, ...rest } = query;
  const { kinds: _k, actor: _a, page: _p, size: _s, ...nothing } = listOperationsSchema.parse({});
  return isDeepStrictEqual(rest, nothing);
}

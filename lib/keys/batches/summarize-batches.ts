import "server-only";
import { and, count, inArray, ne } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { batch, operation } from "@/lib/db/schema";
import type { BatchSummary } from "@/lib/operations";
import { countProgress } from "./count-progress";
import { readProgresses } from "./read-progress";

/** Batches as the list of operations shows them, by id: how far each has come, in how many calls. */
export async function summarizeBatches(db: Tx, batchIds: readonly string[]): Promise<Map<string, BatchSummary>> {
  if (batchIds.length === 0) return new Map();
  const ids = [...batchIds];
  const [batches, progresses, counts] = await Promise.all([
    db.select({ id: batch.id, state: batch.state, wanted: batch.wanted }).from(batch).where(inArray(batch.id, ids)),
    readProgresses(db, ids),
    db
      .select({ id: operation.batchId, calls: count() })
      .from(operation)
      .where(and(inArray(operation.batchId, ids), ne(operation.state, "draft")))
      .groupBy(operation.batchId),
  ]);
  const calls = new Map(counts.map((row) => [row.id, row.calls]));
  return new Map(
    batches.map((row) => {
      const { recorded, inFlight, unknown } = progresses.get(row.id) ?? countProgress([]);
      return [row.id, { ...row, recorded, inFlight, unknown, calls: calls.get(row.id) ?? 0 }];
    }),
  );
}

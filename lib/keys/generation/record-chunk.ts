import "server-only";
import { and, count, desc, eq, gte, isNotNull, isNull, ne, notInArray, or } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { cardKey, operation } from "@/lib/db/schema";
import { type ApplyOutcome, type OperationRow, openOperation, paramsOf } from "@/lib/operations";
import type { OperationState } from "@/lib/operations/types";
import type { CreatedKeys } from "@/lib/upstream";
import type { RefusalReason, WriteOutcome } from "@/lib/upstream/types";
import { lockBatch } from "../batches/lock-batch";
import { pauseGenerating } from "../batches/pause-generating";
import type { BatchRow } from "../batches/transition-batch";
import type { PausedReason } from "../types";
import { isDistinctKey } from "../vault/store-keys";
import { isAsAsked, type Recorded, recordKeys } from "./record-keys";
import { refusalToMend } from "./refusal-to-mend";

/** What a chunk's outcome changes besides the operation: its keys are stored, and a batch that goes wrong is paused. */
export const recordChunk: ApplyOutcome<CreatedKeys> = async (tx, ctx, row, outcome) => {
  if (!row.batchId) return;
  const recorded = outcome.kind === "done" ? await recordKeys(tx, ctx, row, outcome.data) : null;
  if (recorded && isAsAsked(row, recorded)) return;
  // Serialize on the batch: of two faulty answers at the same moment, the later must see the earlier.
  const owner = await lockBatch(tx, row.batchId);
  if (!owner) return;
  const reason = recorded ? await afterAnswer(tx, owner, row, recorded) : await afterNoAnswer(tx, owner, row, outcome);
  const details = "message" in outcome ? outcome.message : null;
  const { clockOffsetMs } = outcome.trace;
  if (reason) await pauseGenerating(tx, ctx, { batchId: owner.id, reason, details, clockOffsetMs });
};

async function afterAnswer(
  tx: Tx,
  owner: BatchRow,
  row: OperationRow,
  recorded: Recorded,
): Promise<PausedReason | null> {
  if (recorded.wrongType > 0) return "wrong_type";
  if (recorded.unreadable > 0) return "unreadable_keys";
  if (recorded.kept >= paramsOf("generate", row).count) return null;
  const last = await lastChunk(tx, owner, row);
  return last?.state === "done" && (await wasShort(tx, last)) ? "short_answers" : null;
}

/** States only an unknown outcome leads to. */
const WERE_UNKNOWN: readonly OperationState[] = ["unknown", "applied", "not_applied", "settled"];

async function afterNoAnswer(
  tx: Tx,
  owner: BatchRow,
  row: OperationRow,
  outcome: WriteOutcome<unknown>,
): Promise<PausedReason | null> {
  const refusal = claimedRefusal(outcome);
  if (refusal) return refusalToMend(refusal, outcome.trace) ?? "refused";
  if (outcome.kind !== "unknown") return null;
  const toMend = refusalToMend(outcome.fault, outcome.trace);
  if (toMend) return toMend;
  const last = await lastChunk(tx, owner, row);
  return last && WERE_UNKNOWN.includes(last.state) ? "two_unknown" : null;
}

/** Why the upstream said that it refused, whether or not that could be believed: an administrator must know what to mend. */
const claimedRefusal = (outcome: WriteOutcome<unknown>): RefusalReason | null =>
  outcome.kind === "refused" ? outcome.reason : (outcome.kind === "unknown" && outcome.refusal) || null;

/** The chunk that ended before this one, since the batch was started or resumed. A crash of our own does not count. */
async function lastChunk(tx: Tx, owner: BatchRow, row: OperationRow): Promise<OperationRow | undefined> {
  const [last] = await tx
    .select()
    .from(operation)
    .where(
      and(
        eq(operation.batchId, owner.id),
        ne(operation.id, row.id),
        gte(operation.createdAt, owner.updatedAt),
        isNotNull(operation.endedAt),
        notInArray(operation.state, ["intent", "sent", "not_sent"]),
        or(isNull(operation.reason), ne(operation.reason, "process_died")),
      ),
    )
    .orderBy(desc(operation.endedAt))
    .limit(1);
  return last && openOperation(last);
}

async function wasShort(tx: Tx, chunk: OperationRow): Promise<boolean> {
  const keys = await countKeys(tx, chunk.id);
  return keys < paramsOf("generate", chunk).count;
}

async function countKeys(tx: Tx, operationId: string): Promise<number> {
  const own = and(eq(cardKey.operationId, operationId), isDistinctKey);
  const [row] = await tx.select({ keys: count() }).from(cardKey).where(own);
  return row?.keys ?? 0;
}

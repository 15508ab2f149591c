import "server-only";
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { operation } from "@/lib/db/schema";
import { auditTargetOf, type OperationRow, transitionOperation } from "@/lib/operations";
import type { GenerateParams } from "@/lib/operations/types";
import { instanceId } from "@/lib/process/instance";
import { assertWritesAllowed } from "@/lib/settings";
import { assertCreatorMayWrite } from "../batches/assert-creator-may-write";
import { nextChunkSize } from "../batches/count-progress";
import { joinGenerators } from "../batches/generation-lock";
import { lockBatch } from "../batches/lock-batch";
import { readProgress } from "../batches/read-progress";
import { readFingerprint } from "../vault/fingerprint";

/** `recovering`: keys of this type are being recovered; claim again shortly. `nothing`: there is no chunk to claim now. */
type Claim = { kind: "chunk"; row: OperationRow } | { kind: "recovering" } | { kind: "nothing" };

/**
 * Claim the batch's next chunk, as an operation in "intent". Arithmetic, journal and audit are one transaction that locks
 * the batch's row, so that concurrent claims together never ask for more than was wanted.
 * Throws AppError "paused" while writes are paused, "forbidden" if the person who began the batch may not generate any more,
 * "not_configured" if keys could not be stored.
 */
export async function claimChunk(ctx: Ctx, batchId: string): Promise<Claim> {
  // Storing the answer's keys needs the fingerprint: fail before they are made.
  await readFingerprint();
  return ctx.db.transaction(async (tx): Promise<Claim> => {
    await assertWritesAllowed(tx);
    await assertCreatorMayWrite(tx, batchId);
    const row = await lockBatch(tx, batchId);
    if (row?.state !== "generating") return { kind: "nothing" };
    if (!(await joinGenerators(tx, row.keyType))) return { kind: "recovering" };
    const count = nextChunkSize(row.wanted, await readProgress(tx, batchId));
    if (count === 0) return { kind: "nothing" };

    const now = ctx.now();
    const params: GenerateParams = { kind: "generate", keyType: row.keyType, count };
    const id = randomUUID();
    await tx.insert(operation).values({
      id,
      kind: "generate",
      state: "draft",
      params,
      actorId: row.createdBy,
      actorName: row.createdByName,
      requestId: ctx.requestId,
      createdAt: now,
      expiresAt: now,
      batchId,
      // The batch's row is locked, so exactly one call is its first.
      folded: sql`exists (select 1 from operation earlier where earlier.batch_id = ${batchId})`,
    });
    const intent = await transitionOperation(tx, id, "draft", "intent", { intentAt: now, instanceId: instanceId() });
    if (!intent) throw new Error("a draft vanished inside its own transaction");
    const detail = { kind: "generate", batchId, keyType: row.keyType, count };
    await recordAudit(tx, ctx, { action: "operation.confirmed", ...auditTargetOf(intent), detail });
    return { kind: "chunk", row: intent };
  });
}

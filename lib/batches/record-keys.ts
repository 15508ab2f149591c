import "server-only";
import { and, eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import { cardKey } from "@/lib/db/schema";
import { readFingerprint } from "@/lib/keys/fingerprint";
import type { OperationRow } from "@/lib/operations/move-operation";
import type { CreatedKeys } from "@/lib/upstream/potato/client";
import { isDistinctKey, type KeyFlag, storeKey } from "./store-key";

export type Recorded = {
  /** Keys of this answer that are there now, duplicates not counted. */
  kept: number;
  extra: number;
  duplicate: number;
  wrongType: number;
  unreadable: number;
};

/**
 * Keep every key of a chunk's answer, in the transaction of its outcome. More than asked, of another type, or seen
 * before: flagged, never dropped. A key that a listing had given to a chunk in doubt goes to the one that made it.
 */
export async function recordKeys(tx: Tx, ctx: Ctx, row: OperationRow, answer: CreatedKeys): Promise<Recorded> {
  if (row.params.kind !== "generate" || !row.batchId) throw new Error("not a chunk of a batch");
  const { keyType, count } = row.params;
  const owner = { keyType, batchId: row.batchId, operationId: row.id };
  const print = await readFingerprint(tx);
  const recorded: Recorded = { kept: 0, extra: 0, duplicate: 0, wrongType: 0, unreadable: answer.unreadable.length };
  const inAnswer = new Set<string>();

  for (const key of answer.keys) {
    const fingerprint = print(key.cardStr);
    const known = inAnswer.has(fingerprint) ? "duplicate" : await claim(tx, owner, fingerprint);
    inAnswer.add(fingerprint);
    if (known === "duplicate") {
      recorded.duplicate += 1;
      await storeKey(tx, ctx, { ...owner, key, fingerprint, recovered: false, flag: "duplicate" });
      continue;
    }
    recorded.kept += 1;
    if (known === "ours") continue;
    const flag: KeyFlag | null =
      key.type !== null && key.type !== keyType ? "wrong_type" : recorded.kept > count ? "extra" : null;
    if (flag === "wrong_type") recorded.wrongType += 1;
    if (flag === "extra") recorded.extra += 1;
    await storeKey(tx, ctx, { ...owner, key, fingerprint, recovered: false, flag });
  }
  await auditOddAnswer(tx, ctx, row, recorded, answer);
  return recorded;
}

type Owner = { batchId: string; operationId: string };

/** Whose a key is: nobody's yet (null), this chunk's by a listing ("ours"), or another answer's ("duplicate"). */
async function claim(tx: Tx, owner: Owner, fingerprint: string): Promise<"ours" | "duplicate" | null> {
  const [known] = await tx
    .select({ id: cardKey.id, recovered: cardKey.recovered })
    .from(cardKey)
    .where(and(eq(cardKey.fingerprint, fingerprint), isDistinctKey));
  if (!known) return null;
  if (!known.recovered) return "duplicate";
  const { batchId, operationId } = owner;
  await tx.update(cardKey).set({ batchId, operationId }).where(eq(cardKey.id, known.id));
  return "ours";
}

/** What was not as asked stands in the audit, with all that is known of rows nobody could read. */
async function auditOddAnswer(tx: Tx, ctx: Ctx, row: OperationRow, recorded: Recorded, answer: CreatedKeys) {
  const { kept, extra, duplicate, wrongType, unreadable } = recorded;
  const asked = row.params.kind === "generate" ? row.params.count : 0;
  if (kept === asked && extra + duplicate + wrongType + unreadable === 0) return;
  const rows = answer.unreadable.map(({ index, id, field }) => ({ index, id, field }));
  const detail = { operationId: row.id, asked, ...recorded, ...(unreadable && { rows }) };
  const target = { targetKind: "batch", targetId: row.batchId ?? "" };
  await recordAudit(tx, ctx, { action: "batch.odd_answer", ...target, outcome: "failed", detail });
}

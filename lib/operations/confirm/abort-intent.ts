import "server-only";
import { eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { operation } from "@/lib/db/schema";
import { auditTargetOf } from "../journal/audit-operation";
import { releaseCards } from "../journal/lock-cards";
import { openOperation } from "../journal/open-operation";
import { type OperationRow, transitionOperation } from "../journal/transition-operation";

/** Why an intent can't be sent, from the error that stopped it: a code under "operations.reason". */
export const abortReason = (error: unknown): string => (error instanceof AppError ? error.key : "journal_unavailable");

/** End an intent that was never sent: state, locks and audit together. Returns the row as it stands then. */
export async function abortIntent(ctx: Ctx, id: string, reason: string, details: string | null): Promise<OperationRow> {
  return ctx.db.transaction(async (tx) => {
    const patch = { reason, upstreamMessage: details, finishedAt: ctx.now() };
    const row = await transitionOperation(tx, id, "intent", "not_sent", patch);
    if (row) {
      await releaseCards(tx, id);
      const entry = { action: "operation.not_sent", ...auditTargetOf(row), outcome: "failed" as const };
      await recordAudit(tx, ctx, { ...entry, detail: { kind: row.kind, reason } });
      return row;
    }
    const [other] = await tx.select().from(operation).where(eq(operation.id, id));
    if (!other) throw new Error("operation vanished");
    return openOperation(other);
  });
}

import "server-only";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import { auditOutcomeOf, auditTargetOf } from "../journal/audit-operation";
import { releaseCards } from "../journal/lock-cards";
import { type OperationRow, transitionOperation } from "../journal/transition-operation";
import type { Kind } from "../operation-kind";

type Resolution =
  | { to: "applied" | "not_applied" }
  | { to: "settled"; settledAs: "applied" | "not_applied"; settledBy: string | null; settledReason: string };

type Input = {
  id: string;
  resolution: Resolution;
  /** For the audit. */
  detail: Record<string, unknown>;
  /** The kind's own step, if it has one. */
  applyResolved?: Kind["applyResolved"];
};

/**
 * End an unknown operation, in the caller's transaction: state, locks, audit and what the kind applies. Null: it was not
 * unknown any more.
 */
export async function resolveUnknown(
  tx: Tx,
  ctx: Ctx,
  { id, resolution, detail, applyResolved }: Input,
): Promise<OperationRow | null> {
  const { to, ...settled } = resolution;
  const patch = { ...settled, finishedAt: ctx.now(), nextReconcileAt: null, needsManualResolution: null };
  const row = await transitionOperation(tx, id, "unknown", to, patch);
  if (!row) return null;
  await releaseCards(tx, id);
  const happened = to === "applied" || ("settledAs" in resolution && resolution.settledAs === "applied");
  if (happened) await applyResolved?.(tx, row, ctx.now());
  const entry = { action: `operation.${to}`, ...auditTargetOf(row), outcome: auditOutcomeOf(to) };
  await recordAudit(tx, ctx, { ...entry, detail: { kind: row.kind, ...settled, ...detail } });
  return row;
}

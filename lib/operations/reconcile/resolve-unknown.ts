import "server-only";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import { applyToMirror } from "../apply-to-mirror";
import { auditOutcomeOf, auditTargetOf } from "../journal/audit-operation";
import { releaseCards } from "../journal/lock-cards";
import { type OperationRow, transitionOperation } from "../journal/transition-operation";

type Finish =
  | { to: "applied" | "not_applied" }
  | { to: "settled"; settledAs: "applied" | "not_applied"; settledBy: string | null; settledReason: string };

/** End an unknown operation, in the caller's transaction: state, locks, mirror and audit. Null: it was not unknown any more. */
export async function resolveUnknown(
  tx: Tx,
  ctx: Ctx,
  id: string,
  finish: Finish,
  detail: Record<string, unknown>,
): Promise<OperationRow | null> {
  const { to, ...settled } = finish;
  const patch = { ...settled, finishedAt: ctx.now(), nextReconcileAt: null, needsManualResolution: null };
  const row = await transitionOperation(tx, id, "unknown", to, patch);
  if (!row) return null;
  await releaseCards(tx, id);
  const happened = to === "applied" || ("settledAs" in finish && finish.settledAs === "applied");
  // What a transfer left stands in the readings, which the mirror has; a card that is gone is in no reading.
  if (happened && row.kind === "destroy") await applyToMirror(tx, row, ctx.now());
  const entry = { action: `operation.${to}`, ...auditTargetOf(row), outcome: auditOutcomeOf(to) };
  await recordAudit(tx, ctx, { ...entry, detail: { kind: row.kind, ...settled, ...detail } });
  return row;
}

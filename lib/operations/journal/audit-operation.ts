import "server-only";
import type { OperationState } from "../operation";
import type { OperationRow } from "./transition-operation";

export const auditTargetOf = (row: Pick<OperationRow, "id">) => ({ targetKind: "operation", targetId: row.id });

/** How a state reads in the audit: only what certainly failed says so. */
export function auditOutcomeOf(state: OperationState): "ok" | "refused" | "failed" | "unknown" {
  if (state === "unknown") return "unknown";
  if (state === "refused") return "refused";
  if (state === "not_sent" || state === "not_applied") return "failed";
  return "ok";
}

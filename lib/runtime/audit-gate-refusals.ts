import "server-only";
import { noteRefusal } from "@/lib/audit";
import { systemContext } from "@/lib/context";
import { type GateRefusal, onGateRefusal } from "@/lib/process/process-slots";

/** Hear what the gate refuses, and audit it: one record at once for each kind and address group, then their number. */
export function auditGateRefusals(): void {
  onGateRefusal.value = (refusal) => void noteGateRefusal(refusal);
}

/** Never throws: whoever is refused may come from anywhere, thousands of times a second. */
export function noteGateRefusal({ status, reason, address }: GateRefusal): Promise<void> {
  const system = systemContext();
  const actor = { ...system.actor, name: "anonymous", role: "support" as const };
  return noteRefusal({
    ctx: { ...system, actor, ip: address.slice(0, 64) || null },
    entry: {
      action: "access.request_refused",
      targetKind: "request",
      targetId: reason,
      outcome: "refused",
      detail: { status },
    },
    alone: 1,
  });
}

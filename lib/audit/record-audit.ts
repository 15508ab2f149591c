import "server-only";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import { audit } from "@/lib/db/schema";

export type AuditEntry = {
  /** "<noun>.<verb>", a key under "audit.action". */
  action: string;
  targetKind?: string;
  targetId?: string;
  outcome?: "ok" | "refused" | "failed" | "unknown";
  /** No secrets, no full keys, phones masked. */
  detail?: Record<string, unknown>;
};

/** Write an audit row in the caller's transaction: both are committed or neither. */
export async function recordAudit(tx: Tx, ctx: Ctx, entry: AuditEntry): Promise<void> {
  await tx.insert(audit).values({
    at: ctx.now(),
    actorId: ctx.actor.id,
    actorName: ctx.actor.name,
    action: entry.action,
    targetKind: entry.targetKind ?? null,
    targetId: entry.targetId ?? null,
    outcome: entry.outcome ?? "ok",
    requestId: ctx.requestId,
    ip: ctx.ip,
    userAgent: ctx.userAgent,
    detail: entry.detail ?? {},
  });
}

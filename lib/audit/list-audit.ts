import "server-only";
import { count, desc, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { audit, auditSeal } from "@/lib/db/schema";
import { auditWhere } from "./audit-where";
import type { listAuditSchema } from "./schemas";
import type { Outcome } from "./types";

export type AuditRow = {
  id: number;
  /** Its number in the chain, without gaps; null for a second or so, and for good if no console wrote it. */
  seq: number | null;
  at: string;
  /** Null for the system and for anonymous callers. */
  actorId: string | null;
  actorName: string;
  action: string;
  targetKind: string | null;
  targetId: string | null;
  outcome: Outcome;
  requestId: string | null;
  ip: string | null;
  userAgent: string | null;
  detail: Record<string, unknown>;
};

const { id, at, actorId, actorName, action, targetKind, targetId, outcome, requestId, ip, userAgent, detail } = audit;
const { seq } = auditSeal;
const target = { targetKind, targetId, outcome };

/** What of a record is shown; its hashes are to be found by only, and may be thousands. */
export const AUDIT_COLUMNS = { id, seq, at, actorId, actorName, action, ...target, requestId, ip, userAgent, detail };

export type AuditList = { rows: AuditRow[]; total: number };

/** Audit records, newest first. */
export async function listAudit({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof listAuditSchema>;
}): Promise<AuditList> {
  const where = await auditWhere(ctx.db, input);
  const withSeal = ctx.db.select(AUDIT_COLUMNS).from(audit).leftJoin(auditSeal, eq(auditSeal.auditId, audit.id));
  const newest = withSeal.where(where).orderBy(desc(audit.at), desc(audit.id));
  const [rows, [total]] = await Promise.all([
    newest.limit(input.size).offset((input.page - 1) * input.size),
    ctx.db.select({ n: count() }).from(audit).where(where),
  ]);
  return { rows: rows.map((row) => ({ ...row, at: row.at.toISOString() })), total: total?.n ?? 0 };
}

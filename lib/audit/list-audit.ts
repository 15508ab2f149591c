import "server-only";
import { count, desc } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { audit } from "@/lib/db/schema";
import { auditWhere } from "./audit-where";
import type { listAuditSchema } from "./schemas";
import type { Outcome } from "./types";

export type AuditRow = {
  id: number;
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

export type AuditList = { rows: AuditRow[]; total: number };

/** Audit records, newest first. */
export async function listAudit({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof listAuditSchema>;
}): Promise<AuditList> {
  const where = auditWhere(input);
  const newest = ctx.db.select().from(audit).where(where).orderBy(desc(audit.at), desc(audit.id));
  const [rows, [total]] = await Promise.all([
    newest.limit(input.size).offset((input.page - 1) * input.size),
    ctx.db.select({ n: count() }).from(audit).where(where),
  ]);
  return { rows: rows.map((row) => ({ ...row, at: row.at.toISOString() })), total: total?.n ?? 0 };
}

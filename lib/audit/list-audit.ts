import "server-only";
import { count, desc, eq, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { audit, auditSeal, operation } from "@/lib/db/schema";
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

/** What an operation that a record is about does, in few words: its amount and the nicknames of its cards. */
export type OperationWords = {
  kind: "transfer" | "destroy" | "generate";
  amount: number | null;
  source: string | null;
  target: string | null;
};
/** A record as the list shows it. */
export type ListedAudit = AuditRow & { operation: OperationWords | null };

const { id, at, actorId, actorName, action, targetKind, targetId, outcome, requestId, ip, userAgent, detail } = audit;
const { seq } = auditSeal;
const target = { targetKind, targetId, outcome };

/** What of a record is shown; its hashes are to be found by only, and may be thousands. */
export const AUDIT_COLUMNS = { id, seq, at, actorId, actorName, action, ...target, requestId, ip, userAgent, detail };

export type AuditList = { rows: ListedAudit[]; total: number };

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
  const words = await readOperationWords(ctx, rows);
  return {
    rows: rows.map((row) => ({
      ...row,
      at: row.at.toISOString(),
      operation: row.targetKind === "operation" ? (words.get(row.targetId ?? "") ?? null) : null,
    })),
    total: total?.n ?? 0,
  };
}

/** By operation id. Phones and codes are sealed and not read; what an id names that is no operation is left out. */
async function readOperationWords(
  ctx: Ctx,
  rows: readonly Pick<AuditRow, "targetKind" | "targetId">[],
): Promise<Map<string, OperationWords>> {
  const ids = rows.flatMap((row) => (row.targetKind === "operation" && isUuid(row.targetId) ? [row.targetId] : []));
  if (ids.length === 0) return new Map();
  const { params } = operation;
  const found = await ctx.db
    .select({
      id: operation.id,
      kind: operation.kind,
      amount: sql`(${params} ->> 'amount')::bigint`.mapWith(Number),
      source: sql<string | null>`coalesce(${params} #>> '{source,userName}', ${params} #>> '{card,userName}')`,
      target: sql<string | null>`${params} #>> '{target,userName}'`,
    })
    .from(operation)
    .where(inArray(operation.id, [...new Set(ids)]));
  return new Map(found.map(({ id: operationId, ...words }) => [operationId, words]));
}

const isUuid = (text: string | null): text is string => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text ?? "");

import "server-only";
import { desc, eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { audit, auditSeal } from "@/lib/db/schema";
import { writeCsv } from "@/lib/format/csv";
import { formatDateTime } from "@/lib/format/dates";
import { downloadResponse } from "@/lib/format/download";
import { auditWhere } from "./audit-where";
import { fileFacts } from "./file-facts";
import { aboutOf } from "./find-about";
import { AUDIT_COLUMNS } from "./list-audit";
import type { AuditEntry } from "./record-audit";
import type { AuditFilter } from "./schemas";

const MOST_ROWS = 50_000;

/** The export's labels, in the language of the request. */
export type AuditExportLabels = {
  header: string[];
  action: (action: string) => string;
  outcome: (outcome: string) => string;
  /** Parts of the file's name: what, which part, how many. */
  name: (scope: "all" | "filtered", count: number) => string[];
};

type Call = {
  ctx: Ctx;
  input: AuditFilter;
  labels: AuditExportLabels;
  /** Records the export and counts its rows; the limits stand above the audit. */
  record: (ctx: Ctx, rows: number, entry: AuditEntry) => Promise<void>;
};

/**
 * Every matching audit record as a CSV download. The export is audited with the file's SHA-256 before its first byte goes
 * out. AppError "bad_input" past 50,000 rows: part of a trail would be mistaken for all of it.
 */
export async function exportAudit({ ctx, input, labels, record }: Call): Promise<Response> {
  const where = await auditWhere(ctx.db, input);
  const withSeal = ctx.db.select(AUDIT_COLUMNS).from(audit).leftJoin(auditSeal, eq(auditSeal.auditId, audit.id));
  const newest = withSeal.where(where).orderBy(desc(audit.at), desc(audit.id));
  const rows = await newest.limit(MOST_ROWS + 1);
  if (rows.length > MOST_ROWS) throw new AppError("bad_input", "export_too_large", { params: { limit: MOST_ROWS } });
  const zone = env().TZ_DISPLAY;
  const csv = writeCsv(
    labels.header,
    rows.map((row) => [
      row.seq,
      formatDateTime(row.at, zone),
      row.actorName,
      labels.action(row.action),
      row.action,
      row.targetKind,
      row.targetId,
      labels.outcome(row.outcome),
      row.ip,
      row.userAgent,
      row.requestId,
      JSON.stringify(row.detail),
    ]),
  );
  // Of whose records it is, the search says by keyed hashes: a phone is in no record.
  const { card, ...others } = input;
  const filter = Object.fromEntries(Object.entries(others).filter(([, value]) => value));
  await record(ctx, rows.length, {
    action: "audit.exported",
    targetKind: "audit",
    detail: { rows: rows.length, filter: { ...filter, ...(card && { card: "•" }) }, ...fileFacts([csv]) },
    ...(card && { about: aboutOf(card) }),
  });
  const scope = card || Object.keys(filter).length ? "filtered" : "all";
  return downloadResponse(csv, { name: labels.name(scope, rows.length), format: "csv", at: ctx.now(), zone });
}

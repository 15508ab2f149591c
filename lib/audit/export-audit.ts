import "server-only";
import { desc, eq, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { audit, auditSeal } from "@/lib/db/schema";
import { formatDateTime } from "@/lib/format/dates";
import { downloadResponse } from "@/lib/format/download";
import type { Cell } from "@/lib/format/file/file-lines";
import { writeRows } from "@/lib/format/file/write-rows";
import { auditWhere } from "./audit-where";
import { aboutOf } from "./find-about";
import { AUDIT_COLUMNS, type AuditRow } from "./list-audit";
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
  /** Refuses a file of so many rows before it is made, and records the export; the limits stand above the audit. */
  admit: (ctx: Ctx, rows: number, target: Pick<AuditEntry, "targetKind">) => Promise<void>;
  record: (ctx: Ctx, rows: number, entry: AuditEntry) => Promise<void>;
};

/**
 * Every matching audit record as a CSV download. The export is audited with the file's SHA-256 before its first byte goes
 * out. AppError "bad_input" past 50,000 rows: part of a trail would be mistaken for all of it. "too_many" for more than the
 * actor may export today. Both are said before a row is read.
 */
export async function exportAudit({ ctx, input, labels, admit, record }: Call): Promise<Response> {
  const where = await auditWhere(ctx.db, input);
  const count = await countRows(ctx, where);
  if (count > MOST_ROWS) throw tooLarge();
  await admit(ctx, count, { targetKind: "audit" });
  const withSeal = ctx.db.select(AUDIT_COLUMNS).from(audit).leftJoin(auditSeal, eq(auditSeal.auditId, audit.id));
  const newest = withSeal.where(where).orderBy(desc(audit.at), desc(audit.id));
  const rows = await newest.limit(MOST_ROWS + 1);
  // More may have come since they were counted.
  if (rows.length > MOST_ROWS) throw tooLarge();
  const zone = env().TZ_DISPLAY;
  const { parts, ...facts } = await writeRows({ format: "csv", rows: cellsOf(rows, labels, zone), count: rows.length });
  // Of whose records it is, the search says by keyed hashes: a phone is in no record.
  const { card, ...others } = input;
  const filter = Object.fromEntries(Object.entries(others).filter(([, value]) => value));
  await record(ctx, rows.length, {
    action: "audit.exported",
    targetKind: "audit",
    detail: { rows: rows.length, filter: { ...filter, ...(card && { card: "•" }) }, ...facts },
    ...(card && { about: aboutOf(card) }),
  });
  const scope = card || Object.keys(filter).length ? "filtered" : "all";
  const name = labels.name(scope, rows.length);
  return downloadResponse(new Blob(parts), { name, format: "csv", at: ctx.now(), zone });
}

const tooLarge = () => new AppError("bad_input", "export_too_large", { params: { limit: MOST_ROWS } });

/** How many rows the file would have; above the most it is one more. */
async function countRows(ctx: Ctx, where: SQL | undefined): Promise<number> {
  const some = ctx.db
    .select({ one: sql<number>`1`.as("one") })
    .from(audit)
    .where(where)
    .limit(MOST_ROWS + 1);
  return ctx.db.$count(some.as("some"));
}

type Row = Omit<AuditRow, "at"> & { at: Date };

function* cellsOf(rows: readonly Row[], labels: AuditExportLabels, zone: string): Generator<Cell[]> {
  yield labels.header;
  for (const row of rows)
    yield [
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
    ];
}

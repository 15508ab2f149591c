import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { type AuditEntry, noteRefusal, recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { dailyUsage } from "@/lib/db/schema";
import { formatDate } from "@/lib/format/dates";
import { readSettings } from "@/lib/settings";

type Excess = { asked: number; used: number; limit: number };

class ExportLimitError extends AppError {
  readonly excess: Excess;

  constructor(excess: Excess) {
    const { asked, used, limit } = excess;
    super("too_many", "limit_rows_exported", { params: { asked, limit, left: Math.max(0, limit - used) } });
    this.excess = excess;
  }
}

/**
 * Audit an export and count its rows towards what the actor may export today, in one transaction, before the first byte
 * goes out. Concurrent exports wait for each other at the user's row, so together they never go over. Over the limit
 * nothing is counted, that is audited, and AppError "too_many" says how much is left.
 */
export async function recordExport(ctx: Ctx, rows: number, entry: AuditEntry): Promise<void> {
  try {
    await ctx.db.transaction(async (tx) => {
      await consumeRows(tx, ctx, rows);
      await recordAudit(tx, ctx, entry);
    });
  } catch (error) {
    if (error instanceof ExportLimitError) await noteExportLimit(ctx, entry, error.excess);
    throw error;
  }
}

type Target = Pick<AuditEntry, "targetKind" | "targetId">;

/**
 * Refuse a file of so many rows that the actor may not export today, before it is made. Nothing is counted yet: two at once
 * may both pass, and {@link recordExport} lets one of them out. Throws and audits as that does.
 */
export async function assertMayExport(ctx: Ctx, rows: number, target: Target): Promise<void> {
  const { id, role } = ctx.actor;
  if (id === null) return;
  const limit = (await readSettings({ ctx })).disclosure_limits[`${role}Rows`];
  const { userId, day, measure } = dailyUsage;
  const today = formatDate(ctx.now(), env().TZ_DISPLAY);
  const [row] = await ctx.db
    .select({ used: dailyUsage.used })
    .from(dailyUsage)
    .where(and(eq(userId, id), eq(day, today), eq(measure, "rowsExported")));
  const excess = { asked: rows, used: row?.used ?? 0, limit };
  if (excess.used + rows <= limit) return;
  await noteExportLimit(ctx, target, excess);
  throw new ExportLimitError(excess);
}

async function consumeRows(tx: Tx, ctx: Ctx, asked: number): Promise<void> {
  const { id, role } = ctx.actor;
  if (id === null) return;
  const limit = (await readSettings({ ctx: { db: tx } })).disclosure_limits[`${role}Rows`];
  const { userId, day, measure, used } = dailyUsage;
  const today = formatDate(ctx.now(), env().TZ_DISPLAY);
  const [row] = await tx
    .insert(dailyUsage)
    .values({ userId: id, day: today, measure: "rowsExported", used: asked })
    .onConflictDoUpdate({ target: [userId, day, measure], set: { used: sql`${used} + excluded.used` } })
    .returning({ used });
  const total = row?.used ?? asked;
  if (total > limit) throw new ExportLimitError({ asked, used: total - asked, limit });
}

const noteExportLimit = (ctx: Ctx, { targetKind, targetId }: Target, excess: Excess): Promise<void> => {
  const detail = { measure: "rowsExported", ...excess };
  return noteRefusal({ ctx, entry: { action: "limit.reached", targetKind, targetId, outcome: "refused", detail } });
};

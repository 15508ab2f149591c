import "server-only";
import { asc, eq, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { operation } from "@/lib/db/schema";
import type { UnknownOperationsView } from "./types";

const OVERDUE_MS = 15 * 60_000;

/** Operations of unknown outcome: how many, how many need manual resolution, and the oldest. */
export async function readUnknownOperations({ ctx }: { ctx: Ctx }): Promise<UnknownOperationsView> {
  const since = sql<Date>`coalesce(${operation.sentAt}, ${operation.createdAt})`.mapWith(operation.createdAt);
  const [oldest] = await ctx.db
    .select({
      id: operation.id,
      kind: operation.kind,
      since,
      count: sql<number>`(count(*) over ())::int`,
      needManualResolution: sql<number>`(count(${operation.needsManualResolution}) over ())::int`,
    })
    .from(operation)
    .where(eq(operation.state, "unknown"))
    .orderBy(asc(since), operation.id)
    .limit(1);
  if (!oldest) return { count: 0, needManualResolution: 0, oldest: null, overdue: false };
  return {
    count: oldest.count,
    needManualResolution: oldest.needManualResolution,
    oldest: { id: oldest.id, kind: oldest.kind, sentAt: oldest.since.toISOString() },
    overdue: ctx.now().getTime() - oldest.since.getTime() > OVERDUE_MS,
  };
}

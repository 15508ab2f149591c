import "server-only";
import { count, eq, min } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { operation } from "@/lib/db/schema";

export type UnknownCount = { unknown: number; needManualResolution: number; oldestAt: string | null };

/** How many operations have an unknown outcome, how many of them need manual resolution, and how old the oldest is. */
export async function countUnknown({ ctx }: { ctx: Ctx }): Promise<UnknownCount> {
  const [row] = await ctx.db
    .select({
      unknown: count(),
      needManualResolution: count(operation.needsManualResolution),
      oldestAt: min(operation.sentAt),
    })
    .from(operation)
    .where(eq(operation.state, "unknown"));
  return {
    unknown: row?.unknown ?? 0,
    needManualResolution: row?.needManualResolution ?? 0,
    oldestAt: row?.oldestAt?.toISOString() ?? null,
  };
}

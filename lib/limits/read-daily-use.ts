import "server-only";
import { and, eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import type { Role } from "@/lib/core/roles";
import { dailyUsage } from "@/lib/db/schema";
import { formatDate } from "@/lib/format/dates";
import { readSettings } from "@/lib/settings";
import type { Measure } from "./measure";

export type DailyUse = { used: number; limit: number };

type Input = { userId: string; role: Role; measure: Measure };

/** How much a user has begun today without an approval, and how much they may. Support may begin nothing. */
export async function readDailyUse({ ctx, input }: { ctx: Ctx; input: Input }): Promise<DailyUse> {
  const { userId, role, measure } = input;
  const day = formatDate(ctx.now(), env().TZ_DISPLAY);
  const ofUser = and(eq(dailyUsage.userId, userId), eq(dailyUsage.day, day), eq(dailyUsage.measure, measure));
  const [[row], { daily_limits }] = await Promise.all([
    ctx.db.select({ used: dailyUsage.used }).from(dailyUsage).where(ofUser),
    readSettings({ ctx }),
  ]);
  return { used: row?.used ?? 0, limit: role === "support" ? 0 : daily_limits[role][measure] };
}

import "server-only";
import { eq, gte, lt } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { billingReading, billingUsage, upstreamStatus } from "@/lib/db/schema";
import { formatDate } from "@/lib/format/dates";
import { type Talkbot, talkbot } from "@/lib/upstream";
import { recordPoll } from "@/lib/upstream-status";
import { aggregateUsage } from "./aggregate-usage";
import { readAllUsage } from "./read-all-usage";
import { BILLING_DAYS } from "./types";

type Source = () => Pick<Talkbot, "readUsage">;

const SOURCE = "talkbot.usage";
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Readings and days older than this are dropped. */
const KEPT_DAYS = 400;

/**
 * Read Talk-Bot's usage and store it by Beijing day and model. The first poll reads the last 30 days, later ones from
 * the day of the last complete read (with an hour of slack for late rows). The days read are replaced as a whole, so
 * running twice changes nothing. A failed or incomplete read changes no day.
 */
export async function pollUsage({ ctx, source = talkbot }: { ctx: Ctx; source?: Source }): Promise<void> {
  const startDate = await firstOpenDay(ctx);
  const read = await attempt(source, startDate);
  const at = ctx.now();
  if (read instanceof AppError) return recordPoll(ctx.db, { source: SOURCE, at, error: read });
  const { days, uncounted } = aggregateUsage(read, startDate);
  const oldest = new Date(at.getTime() - KEPT_DAYS * DAY_MS);
  const error = uncounted > 0 ? { key: "usage_incomplete", details: `${uncounted}` } : null;
  await ctx.db.transaction(async (tx) => {
    await tx.delete(billingUsage).where(gte(billingUsage.day, startDate));
    if (days.length > 0) await tx.insert(billingUsage).values(days.map((day) => ({ ...day, readAt: at })));
    await tx.delete(billingUsage).where(lt(billingUsage.day, formatDate(oldest)));
    await tx.delete(billingReading).where(lt(billingReading.at, oldest));
    await recordPoll(tx, { source: SOURCE, at, error, succeeded: true });
  });
}

async function firstOpenDay(ctx: Ctx): Promise<string> {
  const [status] = await ctx.db.select().from(upstreamStatus).where(eq(upstreamStatus.source, SOURCE));
  const first = ctx.now().getTime() - (BILLING_DAYS - 1) * DAY_MS;
  const open = (status?.lastSuccessAt?.getTime() ?? 0) - HOUR_MS;
  return formatDate(new Date(Math.max(first, open)));
}

async function attempt(source: Source, startDate: string) {
  try {
    return await readAllUsage(source(), startDate);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

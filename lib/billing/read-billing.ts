import "server-only";
import { desc, eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { billingReading, upstreamStatus } from "@/lib/db/schema";
import { parseMicro, toDecimal } from "@/lib/format/micro";
import { readSettings } from "@/lib/settings";
import type { BillingLow } from "@/lib/settings/schemas";
import { isConfigured } from "@/lib/upstream";
import type { BillingView } from "./types";

type Reading = typeof billingReading.$inferSelect;

/** The account as of the last good reading, its age, and why it is not newer. Reads our own database only. */
export async function readBilling({ ctx }: { ctx: Ctx }): Promise<BillingView> {
  const [[reading], [status], settings] = await Promise.all([
    ctx.db.select().from(billingReading).orderBy(desc(billingReading.at), desc(billingReading.id)).limit(1),
    ctx.db.select().from(upstreamStatus).where(eq(upstreamStatus.source, "talkbot.billing")),
    readSettings({ ctx }),
  ]);
  const staleAfterMs = env().BILLING_INTERVAL_SECONDS * 3_000;
  return {
    configured: isConfigured("talkbot"),
    numbers: reading ? numbersOf(reading) : null,
    readAt: reading?.at.toISOString() ?? null,
    usedShare: reading ? usedShare(reading) : null,
    lastPolledAt: status?.lastPolledAt?.toISOString() ?? null,
    error: status?.errorKey ? { key: status.errorKey, details: status.errorDetails } : null,
    stale: reading ? ctx.now().getTime() - reading.at.getTime() > staleAfterMs : false,
    low: settings.billing_low,
    warning: reading ? isLow(reading, settings.billing_low) : false,
  };
}

const numbersOf = (reading: Reading) => ({
  remainingPoints: toDecimal(reading.remainingPointsMicro),
  points: toDecimal(reading.pointsMicro),
  remainingAmount: toDecimal(reading.remainingAmountMicro),
  amount: toDecimal(reading.amountMicro),
});

/** In whole basis points, rounded down: 100 % is shown only when nothing is left. */
function usedShare({ amountMicro, remainingAmountMicro }: Reading): number | null {
  if (amountMicro <= 0n) return null;
  const basisPoints = ((amountMicro - remainingAmountMicro) * 10_000n) / amountMicro;
  return Math.min(1, Math.max(0, Number(basisPoints) / 10_000));
}

function isLow(reading: Reading, low: BillingLow): boolean {
  const left = low.unit === "amount" ? reading.remainingAmountMicro : reading.remainingPointsMicro;
  return left < (parseMicro(low.below) ?? 0n);
}

import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { together } from "@/lib/db/together";
import { parseMicro, toDecimal } from "@/lib/format/micro";
import { ageWhileRunning } from "@/lib/process/instance";
import { readSettings } from "@/lib/settings";
import type { BillingLow } from "@/lib/settings/schemas";
import { isConfigured } from "@/lib/upstream";
import type { BillingView } from "./types";

type Reading = {
  at: Date;
  pointsMicro: bigint;
  remainingPointsMicro: bigint;
  amountMicro: bigint;
  remainingAmountMicro: bigint;
};
type Status = { lastPolledAt: Date | null; errorKey: string | null; errorDetails: string | null };
export type LastBilling = { reading: Reading | null; status: Status | null };

type Stored<T> = { [Key in keyof T]: string | (null extends T[Key] ? null : never) };

/** The last reading and poll as part of another statement; {@link billingView} makes of it what people see. */
export const lastBilling = sql`json_build_object(
  'reading', (select json_build_object('at', at, 'pointsMicro', points_micro::text,
    'remainingPointsMicro', remaining_points_micro::text, 'amountMicro', amount_micro::text,
    'remainingAmountMicro', remaining_amount_micro::text)
    from billing_reading order by billing_reading.at desc, id desc limit 1),
  'status', (select json_build_object('lastPolledAt', last_polled_at, 'errorKey', error_key,
    'errorDetails', error_details) from upstream_status where source = 'talkbot.billing'))`.mapWith(
  ({ reading, status }: { reading: Stored<Reading> | null; status: Stored<Status> | null }): LastBilling => ({
    reading: reading && {
      at: new Date(reading.at),
      pointsMicro: BigInt(reading.pointsMicro),
      remainingPointsMicro: BigInt(reading.remainingPointsMicro),
      amountMicro: BigInt(reading.amountMicro),
      remainingAmountMicro: BigInt(reading.remainingAmountMicro),
    },
    status: status && {
      ...status,
      lastPolledAt: status.lastPolledAt === null ? null : new Date(status.lastPolledAt),
    },
  }),
);

const readLast = together({ last: lastBilling });

/** The account as of the last good reading, its age, and why it is not newer. Reads our own database only. */
export async function readBilling({ ctx }: { ctx: Ctx }): Promise<BillingView> {
  const [{ last }, settings] = await Promise.all([readLast(ctx.db), readSettings({ ctx })]);
  return billingView(last, settings.billing_low, ctx.now());
}

export function billingView({ reading, status }: LastBilling, low: BillingLow, now: Date): BillingView {
  const staleAfterMs = env().BILLING_INTERVAL_SECONDS * 3_000;
  return {
    configured: isConfigured("talkbot"),
    numbers: reading ? numbersOf(reading) : null,
    readAt: reading?.at.toISOString() ?? null,
    usedShare: reading ? usedShare(reading) : null,
    lastPolledAt: status?.lastPolledAt?.toISOString() ?? null,
    error: status?.errorKey ? { key: status.errorKey, details: status.errorDetails } : null,
    stale: reading ? ageWhileRunning(reading.at, now) > staleAfterMs : false,
    low,
    warning: reading ? isLow(reading, low) : false,
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

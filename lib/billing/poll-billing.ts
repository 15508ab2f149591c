import "server-only";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { billingReading } from "@/lib/db/schema";
import type { TalkbotBilling } from "@/lib/upstream";
import { type Talkbot, talkbot, UpstreamError } from "@/lib/upstream";
import { recordPoll } from "@/lib/upstream-status";

type Source = () => Pick<Talkbot, "readBilling">;

const SOURCE = "talkbot.billing";
const LARGEST_STORED = 2n ** 63n - 1n;

/**
 * Read the Talk-Bot account and store it. A failed query is stored as a failed poll with its reason; the last good
 * reading is unchanged. Throws only for our own faults.
 */
export async function pollBilling({ ctx, source = talkbot }: { ctx: Ctx; source?: Source }): Promise<void> {
  const read = await attempt(source);
  const at = ctx.now();
  if (read instanceof AppError) return recordPoll(ctx.db, { source: SOURCE, at, error: read });
  await ctx.db.transaction(async (tx) => {
    await tx.insert(billingReading).values({
      at,
      remainingPointsMicro: read.remainingPoints,
      pointsMicro: read.points,
      remainingAmountMicro: read.remainingAmount,
      amountMicro: read.amount,
    });
    await recordPoll(tx, { source: SOURCE, at, error: null });
  });
}

async function attempt(source: Source): Promise<TalkbotBilling | AppError> {
  try {
    const billing = await source().readBilling();
    const storable = Object.values(billing).every((micro) => micro <= LARGEST_STORED && micro >= -LARGEST_STORED);
    return storable ? billing : new UpstreamError("talkbot", "wrong_shape", "a number is too large");
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { codeFailure } from "@/lib/db/schema";

/** Of a million codes three are right at any time: twenty tries an hour take years. */
const MOST = 20;
const WINDOW_MS = 3_600_000;

/**
 * Count a try as failed before the code is checked, so that concurrent tries can't share one count. Throws AppError
 * "too_many" with the seconds left once the hour's tries are used up. Only six-digit codes can be guessed: passkeys and
 * recovery codes are never counted, and stay a way in.
 */
export async function countCodeTry(ctx: Ctx, userId: string): Promise<void> {
  const now = ctx.now();
  const over = sql`${codeFailure.since} <= ${new Date(now.getTime() - WINDOW_MS)}`;
  const [row] = await ctx.db
    .insert(codeFailure)
    .values({ userId, since: now, failures: 1 })
    .onConflictDoUpdate({
      target: codeFailure.userId,
      set: {
        since: sql`case when ${over} then ${now} else ${codeFailure.since} end`,
        failures: sql`case when ${over} then 1 else ${codeFailure.failures} + 1 end`,
      },
    })
    .returning({ since: codeFailure.since, failures: codeFailure.failures });
  if (!row || row.failures <= MOST) return;
  const seconds = Math.max(1, Math.ceil((row.since.getTime() + WINDOW_MS - now.getTime()) / 1000));
  throw new AppError("too_many", "too_many_tries", { params: { seconds } });
}

/** A right code takes its own count back, and no other's: someone else may be guessing. */
export async function forgetCodeTry(ctx: Ctx, userId: string): Promise<void> {
  const failures = sql`greatest(${codeFailure.failures} - 1, 0)`;
  await ctx.db.update(codeFailure).set({ failures }).where(eq(codeFailure.userId, userId));
}

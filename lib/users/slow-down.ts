import "server-only";
import { inArray, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import { signInFailure } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";

const FREE_TRIES = { user: 5, ip: 20 };
const LONGEST_WAIT_S = { user: 60, ip: 900 };
/** Failures older than this are forgotten. */
const MEMORY_MS = 3_600_000;

const kindOf = (key: string): "user" | "ip" => (key.startsWith("ip:") ? "ip" : "user");

/** Seconds to wait after the n-th failure in a row: none at first, then doubling up to the longest wait. */
export function waitAfter(key: string, failures: number): number {
  const kind = kindOf(key);
  const over = failures - FREE_TRIES[kind];
  return over < 0 ? 0 : Math.min(LONGEST_WAIT_S[kind], 2 ** Math.min(over, 16));
}

/** Throws AppError "too_many" while one of the keys has to wait. */
export async function assertNotSlowed(ctx: Ctx, keys: string[]): Promise<void> {
  const rows = await ctx.db.select().from(signInFailure).where(inArray(signInFailure.key, keys));
  const until = Math.max(0, ...rows.map((row) => row.blockedUntil?.getTime() ?? 0));
  const seconds = Math.ceil((until - ctx.now().getTime()) / 1000);
  if (seconds > 0) throw new AppError("too_many", "too_many", { params: { seconds } });
}

export async function countFailure(tx: Tx, ctx: Ctx, keys: string[]): Promise<void> {
  const now = ctx.now();
  for (const key of keys.toSorted()) {
    const fresh = sql`${signInFailure.lastFailedAt} > ${new Date(now.getTime() - MEMORY_MS)}`;
    const [row] = await tx
      .insert(signInFailure)
      .values({ key, failures: 1, lastFailedAt: now })
      .onConflictDoUpdate({
        target: signInFailure.key,
        set: {
          failures: sql`case when ${fresh} then ${signInFailure.failures} + 1 else 1 end`,
          lastFailedAt: now,
        },
      })
      .returning({ failures: signInFailure.failures });
    const blockedUntil = new Date(now.getTime() + waitAfter(key, row?.failures ?? 1) * 1000);
    await tx.update(signInFailure).set({ blockedUntil }).where(sql`${signInFailure.key} = ${key}`);
  }
}

/** A success clears the name's failures. The address keeps its own: others may be guessing from it. */
export async function clearFailures(tx: Tx, keys: string[]): Promise<void> {
  const names = keys.filter((key) => kindOf(key) === "user");
  if (names.length) await tx.delete(signInFailure).where(inArray(signInFailure.key, names));
}

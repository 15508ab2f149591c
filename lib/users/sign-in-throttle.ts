import "server-only";
import { createHash } from "node:crypto";
import { eq, inArray, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { addressGroup } from "@/lib/core/address-group";
import { AppError } from "@/lib/core/errors";
import { signInFailure } from "@/lib/db/schema";

const FREE_TRIES = { user: 5, ip: 20 };
const LONGEST_WAIT_S = { user: 60, ip: 900 };
/** Failures older than this are forgotten. */
const MEMORY_MS = 3_600_000;

const kindOf = (key: string): "user" | "ip" => (key.startsWith("ip:") ? "ip" : "user");

/** What an attempt counts against. The name is hashed: passwords are sometimes typed into the wrong box. */
export function tryKeys(username: string, ip: string | null): string[] {
  const name = createHash("sha256").update(username.toLowerCase()).digest("base64url").slice(0, 32);
  return [...(ip ? [`ip:${addressGroup(ip)}`] : []), `user:${name}`];
}

/** Seconds to wait after the n-th consecutive failure: none at first, then doubling up to a maximum. */
function waitAfter(key: string, failures: number): number {
  const kind = kindOf(key);
  const over = failures - FREE_TRIES[kind];
  return over < 0 ? 0 : Math.min(LONGEST_WAIT_S[kind], 2 ** Math.min(over, 16));
}

/**
 * Count an attempt as failed before the password is checked, so that concurrent attempts can't share one count. Throws
 * AppError "too_many" with the seconds left while a key is blocked; such an attempt is not counted.
 */
export async function recordAttempt(ctx: Ctx, keys: string[]): Promise<void> {
  const now = ctx.now();
  const forgotten = new Date(now.getTime() - MEMORY_MS);
  // Rows locked by another attempt are skipped: waiting for them here could deadlock.
  await ctx.db.execute(sql`delete from ${signInFailure} where ${signInFailure.key} in (
    select ${signInFailure.key} from ${signInFailure} where ${signInFailure.lastFailedAt} < ${forgotten}
    for update skip locked)`);
  await ctx.db.transaction(async (tx) => {
    for (const key of keys) {
      const [row] = await tx
        .insert(signInFailure)
        .values({ key, failures: 1, lastFailedAt: now })
        .onConflictDoUpdate({ target: signInFailure.key, set: { failures: sql`${signInFailure.failures} + 1` } })
        .returning({ failures: signInFailure.failures, blockedUntil: signInFailure.blockedUntil });
      const seconds = Math.ceil(((row?.blockedUntil?.getTime() ?? 0) - now.getTime()) / 1000);
      if (seconds > 0) throw new AppError("too_many", "too_many_tries", { params: { seconds } });
      const blockedUntil = new Date(now.getTime() + waitAfter(key, row?.failures ?? 1) * 1000);
      await tx.update(signInFailure).set({ lastFailedAt: now, blockedUntil }).where(eq(signInFailure.key, key));
    }
  });
}

/**
 * A success clears the name's failures, and takes only its own count off the address: another user may be guessing from
 * it.
 */
export async function clearAttempts(tx: Pick<Ctx["db"], "delete" | "update">, keys: string[]): Promise<void> {
  const names = keys.filter((key) => kindOf(key) === "user");
  const addresses = keys.filter((key) => kindOf(key) === "ip");
  if (addresses.length) {
    const set = { failures: sql`greatest(${signInFailure.failures} - 1, 0)`, blockedUntil: null };
    await tx.update(signInFailure).set(set).where(inArray(signInFailure.key, addresses));
  }
  if (names.length) await tx.delete(signInFailure).where(inArray(signInFailure.key, names));
}

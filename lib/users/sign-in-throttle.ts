import "server-only";
import { createHash } from "node:crypto";
import { eq, like, lt, or, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { addressGroup } from "@/lib/core/address-group";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { signInFailure } from "@/lib/db/schema";
import { macOf } from "./derived-key";

/** At most `most` at once; then one more every `everySeconds`, or none at all. */
type Limit = { most: number; everySeconds: number | null };

/**
 * What failures count against. From unknown devices a name gets 8 tries, then 4 more an hour (12 in any hour), and
 * 100 in all; one address never uses up the name's. docs/decisions/sign-in.md
 */
const LIMITS = {
  /** An address: an office behind one proxy is many people. */
  ip: { most: 100, everySeconds: 6 },
  /** A name from one address. */
  pair: { most: 5, everySeconds: 1_200 },
  /** A name from all unknown devices. */
  user: { most: 8, everySeconds: 720 },
  total: { most: 100, everySeconds: null },
  /** A browser in which that user signed in before, and a session left open: nobody else's guesses count there. */
  device: { most: 10, everySeconds: 60 },
  device_total: { most: 100, everySeconds: null },
  session: { most: 5, everySeconds: 720 },
  /** Six-digit codes at the second step of a sign-in, from unknown devices and from a known one. Three of a million are right. */
  code: { most: 20, everySeconds: 180 },
  code_device: { most: 20, everySeconds: 180 },
} satisfies Record<string, Limit>;
type Kind = keyof typeof LIMITS;

const TOTALS: readonly Kind[] = ["total", "device_total"];
const DAY_MS = 86_400_000;
/** Above this the wait is said in minutes. */
const LONG_WAIT_S = 120;

const kindOf = (key: string): Kind => key.slice(0, key.indexOf(":")) as Kind;
const keysOf = (keys: readonly string[], ...kinds: Kind[]) => keys.filter((key) => kinds.includes(kindOf(key)));

/**
 * What an attempt from an unknown device counts against. The name is hashed, with a secret: passwords are sometimes typed
 * into the wrong box. Names nobody has share some 260,000 counters, so that made-up names can't fill the disk; which ones
 * share one is nobody's to compute, or a name that is counted elsewhere would be known to exist.
 */
export function tryKeys(username: string, ip: string | null, exists = true): string[] {
  const lower = username.toLowerCase();
  const hash = (macOf("sign-in name", lower) ?? createHash("sha256").update(lower).digest()).toString("base64url");
  const name = exists ? hash.slice(0, 32) : hash.slice(0, 3);
  const group = ip && addressGroup(ip);
  // The count in all first: who has no more tries is told that, and not to wait.
  return [`total:${name}`, ...(group ? [`ip:${group}`, `pair:${name}@${group}`] : []), `user:${name}`];
}

/** What an attempt in a browser counts against in which that user signed in before. */
export const deviceKeys = (deviceId: string): string[] => [`device:${deviceId}`, `device_total:${deviceId}`];

/** What a signed-in user's attempts to prove themself count against. */
export const sessionKeys = (sessionId: string): string[] => [`session:${sessionId}`];

/** What a code at the second step counts against: who knows the password and guesses codes elsewhere keeps no one out here. */
export const codeKeys = (userId: string, deviceId: string | null): string[] => [
  deviceId ? `code_device:${deviceId}` : `code:${userId}`,
];

/**
 * Count an attempt as failed before the password is checked, so that concurrent attempts can't share one count. Throws
 * AppError "too_many": "too_many_tries" with the `seconds` (or "too_many_tries_long" with the `minutes`) to wait, or
 * "sign_in_locked" if there are no more tries at all. Such an attempt is not counted.
 */
export async function recordAttempt(ctx: Ctx, keys: string[]): Promise<void> {
  const now = ctx.now();
  await ctx.db.transaction(async (tx) => {
    for (const key of keys) await countOne(tx, key, now);
  });
}

async function countOne(tx: Tx, key: string, now: Date): Promise<void> {
  const { most, everySeconds } = LIMITS[kindOf(key)];
  const { failures, lastFailedAt } = signInFailure;
  const passed = sql`greatest(0, extract(epoch from (${now}::timestamptz - ${lastFailedAt})))::float8`;
  const left = everySeconds === null ? sql`${failures}` : sql`greatest(0, ${failures} - ${passed} / ${everySeconds})`;
  const [counted] = await tx
    .insert(signInFailure)
    .values({ key, failures: 1, lastFailedAt: now })
    .onConflictDoUpdate({
      target: signInFailure.key,
      set: { failures: sql`${left} + 1`, lastFailedAt: sql`greatest(${lastFailedAt}, ${now}::timestamptz)` },
      // The margin is for sums of fractions.
      setWhere: sql`${left} + 1 <= ${most} + 0.000001`,
    })
    .returning({ key: signInFailure.key });
  if (counted) return;
  if (everySeconds === null) throw new AppError("too_many", "sign_in_locked");
  const [row] = await tx
    .select({ left: sql<number>`${left}` })
    .from(signInFailure)
    .where(eq(signInFailure.key, key));
  throw tooMany(Math.max(1, Math.ceil(((row?.left ?? most) + 1 - most) * everySeconds - 0.001)));
}

const tooMany = (seconds: number): AppError =>
  seconds <= LONG_WAIT_S
    ? new AppError("too_many", "too_many_tries", { params: { seconds } })
    : new AppError("too_many", "too_many_tries_long", { params: { minutes: Math.ceil(seconds / 60) } });

/**
 * After a success. What counts one person's tries is forgotten; the address, the name's tries of the hour and its codes get
 * this one back and no more: somebody else may be guessing. In the order in which they are counted: no deadlock.
 */
export async function clearAttempts(tx: Pick<Tx, "delete" | "update">, keys: string[]): Promise<void> {
  const set = { failures: sql`greatest(${signInFailure.failures} - 1, 0)` };
  for (const key of keys) {
    const one = eq(signInFailure.key, key);
    if (["ip", "user", "code"].includes(kindOf(key))) await tx.update(signInFailure).set(set).where(one);
    else await tx.delete(signInFailure).where(one);
  }
}

/** After a password was set by a one-time link: the name begins anew, for everybody. */
export async function resetAttempts(tx: Pick<Tx, "delete">, { username, ip }: { username: string; ip: string | null }) {
  for (const key of keysOf(tryKeys(username, ip), "total", "pair", "user"))
    await tx.delete(signInFailure).where(eq(signInFailure.key, key));
}

/** After the user signed in where they are known: the tries in all from unknown devices begin anew. */
export async function clearTotal(tx: Pick<Tx, "delete">, username: string): Promise<void> {
  for (const key of keysOf(tryKeys(username, null), "total"))
    await tx.delete(signInFailure).where(eq(signInFailure.key, key));
}

/** Delete what no longer counts: after a day, and the counts in all after a year. */
export async function pruneAttempts({ ctx }: { ctx: Ctx }): Promise<void> {
  const before = (days: number) => lt(signInFailure.lastFailedAt, new Date(ctx.now().getTime() - days * DAY_MS));
  const total = or(...TOTALS.map((kind) => like(signInFailure.key, `${kind.replace("_", "\\_")}:%`)));
  await ctx.db.delete(signInFailure).where(sql`(${before(1)} and not (${total})) or ${before(365)}`);
}

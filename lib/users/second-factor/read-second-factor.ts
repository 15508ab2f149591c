import "server-only";
import { and, asc, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import type { Tx } from "@/lib/db/client";
import { audit, passkey, totp } from "@/lib/db/schema";
import { callerOf } from "./caller";
import { countRecoveryCodes } from "./recovery-codes";
import type { SecondFactorMethods } from "./schemas";

export type PasskeyView = { id: string; name: string; createdAt: string; lastUsedAt: string | null; backedUp: boolean };

/** When an administrator took the whole second factor away, who, and by whose approval. */
export type SecondFactorReset = { at: string; by: string; approvedBy: string | null };

/** A user's second factor as their own page shows it. `lastReset`: nobody takes it away unseen. */
export type SecondFactorView = {
  lastReset: SecondFactorReset | null;
  app: { since: string; lastUsedAt: string | null } | null;
  passkeys: PasskeyView[];
  recoveryCodesLeft: number;
};

type Reader = Pick<Tx, "select">;

/** What a user can show as second factor; null: they have none. */
export async function secondFactorMethods(tx: Reader, userId: string): Promise<SecondFactorMethods | null> {
  const [[app], [key]] = await Promise.all([
    tx
      .select({ userId: totp.userId })
      .from(totp)
      .where(and(eq(totp.userId, userId), isNotNull(totp.confirmedAt))),
    tx.select({ id: passkey.id }).from(passkey).where(eq(passkey.userId, userId)).limit(1),
  ]);
  return app || key ? { code: app !== undefined, passkey: key !== undefined } : null;
}

/** The same as sign-in and a fresh proof ask for it: null also where SECOND_FACTOR=off. */
export async function askedSecondFactor(tx: Reader, userId: string): Promise<SecondFactorMethods | null> {
  return env().SECOND_FACTOR === "off" ? null : secondFactorMethods(tx, userId);
}

/** Whether a user has a second factor. */
export async function hasSecondFactor(tx: Reader, userId: string): Promise<boolean> {
  const [found] = await tx.select({ has: hasSecondFactorSql(sql`${userId}::uuid`) }).from(sql`(select 1) one`);
  return found?.has ?? false;
}

/** Whether the user of a row has a second factor, as a column of a list. */
export const hasSecondFactorSql = (userId: Parameters<typeof eq>[0]) => sql<boolean>`(
  exists (select 1 from ${totp} where ${totp.userId} = ${userId} and ${totp.confirmedAt} is not null)
  or exists (select 1 from ${passkey} where ${passkey.userId} = ${userId}))`;

/** The caller's own second factor. */
export async function readOwnSecondFactor({ ctx }: { ctx: Ctx }): Promise<SecondFactorView> {
  const { id: userId } = callerOf(ctx);
  const { id, name, createdAt, lastUsedAt, backedUp } = passkey;
  const [[app], keys, recoveryCodesLeft, lastReset] = await Promise.all([
    ctx.db.select({ since: totp.confirmedAt, lastUsedAt: totp.lastUsedAt }).from(totp).where(eq(totp.userId, userId)),
    ctx.db
      .select({ id, name, createdAt, lastUsedAt, backedUp })
      .from(passkey)
      .where(eq(passkey.userId, userId))
      .orderBy(asc(createdAt)),
    countRecoveryCodes(ctx.db, userId),
    readLastReset(ctx.db, userId),
  ]);
  return {
    lastReset,
    app: app?.since ? { since: app.since.toISOString(), lastUsedAt: app.lastUsedAt?.toISOString() ?? null } : null,
    passkeys: keys.map((key) => ({
      ...key,
      createdAt: key.createdAt.toISOString(),
      lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    })),
    recoveryCodesLeft,
  };
}

async function readLastReset(tx: Reader, userId: string): Promise<SecondFactorReset | null> {
  const [found] = await tx
    .select({ at: audit.at, by: audit.actorName, approvedBy: sql<string | null>`${audit.detail}->>'approvedBy'` })
    .from(audit)
    .where(and(eq(audit.targetKind, "user"), eq(audit.targetId, userId), eq(audit.action, "second_factor.reset")))
    .orderBy(desc(audit.at))
    .limit(1);
  return found ? { ...found, at: found.at.toISOString() } : null;
}

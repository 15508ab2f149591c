import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { session, user } from "@/lib/db/schema";
import { findKnownDevice, readDeviceCookie, rememberDevice } from "./known-devices";
import { readSessionLimits } from "./session-limits";
import { clearTotal } from "./sign-in-throttle";

/** What the browser brings: the cookie of known devices as it came, and the session it has (of any user). */
export type Browser = { deviceCookie: string | null; sessionId: string | null };
/** `sessionId` is the only content of the session's cookie; `deviceCookie` that of the other one (null: set none). */
export type SignedIn = { sessionId: string; deviceCookie: string | null };

type Opening = {
  userId: string;
  /** The password hash that was matched: the session opens only while it is still the user's. */
  passwordHash?: string | null;
  browser?: Browser | undefined;
  /** What was shown besides the password, or instead of it. */
  by?: "code" | "recovery_code" | "passkey" | "provider";
  /** When they proved who they are, if that was not now; null: nobody knows. */
  provedAt?: Date | null;
  /** The provider of the single sign-on asked for a second factor. */
  providerFactor?: boolean;
};

/**
 * Open a session in the caller's transaction and audit it. However somebody signed in: that is a proof of who they are, the
 * session their browser had ends, and the browser is known from now on. Locks the user's row: of a sign-in and a concurrent
 * disabling, the later one sees the other. Throws AppError "not_signed_in" if the user may no longer.
 */
export async function openSession(tx: Tx, ctx: Ctx, opening: Opening): Promise<SignedIn> {
  const { userId, passwordHash, browser, by, providerFactor = false } = opening;
  const now = ctx.now();
  const unchanged = passwordHash === undefined ? sql`true` : sql`${user.passwordHash} = ${passwordHash}`;
  const still = sql`${user.id} = ${userId} and ${user.disabledAt} is null and ${unchanged}`;
  const returning = { role: user.role, username: user.username };
  const [current] = await tx.update(user).set({ lastSignInAt: now }).where(still).returning(returning);
  if (!current) throw new AppError("not_signed_in", "wrong_sign_in");
  await clearTotal(tx, current.username);
  await endReplaced(tx, browser?.sessionId ?? null, now);
  const cookie = readDeviceCookie(browser?.deviceCookie ?? null);
  const known = await findKnownDevice(tx, cookie, userId);
  const { deviceId, deviceCookie } = await rememberDevice(tx, { userId, known, cookie, at: now });
  const { hours } = await readSessionLimits(tx);
  const { ip, userAgent } = ctx;
  const times = {
    createdAt: now,
    lastSeenAt: now,
    provedAt: opening.provedAt === undefined ? now : opening.provedAt,
    expiresAt: new Date(now.getTime() + hours * 3_600_000),
  };
  const [opened] = await tx
    .insert(session)
    .values({ userId, ...times, ip, userAgent, deviceId, providerFactor })
    .returning({ id: session.id });
  if (!opened) throw new AppError("internal");
  const actor = { id: userId, name: current.username, role: current.role, sessionId: opened.id };
  const detail = { username: current.username, device: known ? "known" : "new", ...(by && { by }) };
  await recordAudit(tx, { ...ctx, actor }, { action: "session.opened", targetKind: "user", targetId: userId, detail });
  return { sessionId: opened.id, deviceCookie };
}

async function endReplaced(tx: Tx, sessionId: string | null, at: Date): Promise<void> {
  if (!sessionId) return;
  const open = and(eq(session.id, sessionId), isNull(session.revokedAt));
  await tx.update(session).set({ revokedAt: at }).where(open);
}

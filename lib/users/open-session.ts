import "server-only";
import { sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { session, user } from "@/lib/db/schema";

/** The lifetime of a session, used or not. */
export const SESSION_DAYS = 7;

type Opening = {
  userId: string;
  /** The password hash that was matched: the session opens only while it is still the user's. */
  passwordHash?: string | null;
  /** What was shown besides the password, or instead of it. */
  by?: "code" | "recovery_code" | "passkey";
};

/**
 * Open a session in the caller's transaction and audit it; returns its id. Locks the user's row: of a sign-in and a
 * concurrent disabling, the later one sees the other. Throws AppError "not_signed_in" if the user may no longer.
 */
export async function openSession(tx: Tx, ctx: Ctx, { userId, passwordHash, by }: Opening): Promise<string> {
  const now = ctx.now();
  const unchanged = passwordHash === undefined ? sql`true` : sql`${user.passwordHash} = ${passwordHash}`;
  const still = sql`${user.id} = ${userId} and ${user.disabledAt} is null and ${unchanged}`;
  const returning = { role: user.role, username: user.username };
  const [current] = await tx.update(user).set({ lastSignInAt: now }).where(still).returning(returning);
  if (!current) throw new AppError("not_signed_in", "wrong_sign_in");
  const expiresAt = new Date(now.getTime() + SESSION_DAYS * 86_400_000);
  const [opened] = await tx
    .insert(session)
    .values({ userId, createdAt: now, lastSeenAt: now, expiresAt, ip: ctx.ip, userAgent: ctx.userAgent })
    .returning({ id: session.id });
  if (!opened) throw new AppError("internal");
  const actor = { id: userId, name: current.username, role: current.role, sessionId: opened.id };
  const detail = { username: current.username, ...(by && { by }) };
  await recordAudit(tx, { ...ctx, actor }, { action: "session.opened", targetKind: "user", targetId: userId, detail });
  return opened.id;
}

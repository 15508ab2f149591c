import "server-only";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { session, user } from "@/lib/db/schema";
import { verifyPassword } from "./password";
import type { signInSchema } from "./schemas";
import { clearAttempts, recordAttempt, tryKeys } from "./sign-in-throttle";

/** The lifetime of a session, used or not. */
export const SESSION_DAYS = 7;

/**
 * Check name and password and open a session; returns its id, the only content of the cookie. A wrong name, a wrong
 * password and a disabled user look and take the same: AppError "not_signed_in". Repeated failures: AppError "too_many"
 * with the seconds to wait.
 */
export async function signIn({ ctx, input }: { ctx: Ctx; input: z.output<typeof signInSchema> }): Promise<string> {
  const keys = tryKeys(input.username, ctx.ip);
  await recordAttempt(ctx, keys);

  const [found] = await ctx.db
    .select({ id: user.id, name: user.username, role: user.role, hash: user.passwordHash, disabledAt: user.disabledAt })
    .from(user)
    .where(eq(sql`lower(${user.username})`, input.username.toLowerCase()));
  const matches = await verifyPassword(found?.hash ?? null, input.password);

  if (!found || !matches || found.disabledAt) {
    // An unknown name may be a password typed into the wrong box: only its length is recorded.
    const detail = found ? { username: found.name } : { unknownName: input.username.length };
    const entry = { action: "session.refused", targetKind: "user", outcome: "refused" as const, detail };
    await recordAudit(ctx.db, ctx, found ? { ...entry, targetId: found.id } : entry);
    throw new AppError("not_signed_in", "wrong_sign_in");
  }

  return ctx.db.transaction(async (tx) => {
    // Locks the row: of this sign-in and a concurrent disabling, the later one sees the other.
    const now = ctx.now();
    const still = sql`${user.id} = ${found.id} and ${user.disabledAt} is null and ${user.passwordHash} = ${found.hash}`;
    const [current] = await tx.update(user).set({ lastSignInAt: now }).where(still).returning({ role: user.role });
    if (!current) throw new AppError("not_signed_in", "wrong_sign_in");
    await clearAttempts(tx, keys);
    const expiresAt = new Date(now.getTime() + SESSION_DAYS * 86_400_000);
    const [opened] = await tx
      .insert(session)
      .values({
        userId: found.id,
        createdAt: now,
        lastSeenAt: now,
        provedAt: now,
        expiresAt,
        ip: ctx.ip,
        userAgent: ctx.userAgent,
      })
      .returning({ id: session.id });
    if (!opened) throw new AppError("internal");
    const actor = { id: found.id, name: found.name, role: current.role, sessionId: opened.id };
    const entry = {
      action: "session.opened",
      targetKind: "user",
      targetId: found.id,
      detail: { username: found.name },
    };
    await recordAudit(tx, { ...ctx, actor }, entry);
    return opened.id;
  });
}

import "server-only";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Ctx } from "@/lib/context";
import { session, user } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { verifyPassword } from "./password";
import type { signInSchema } from "./schemas";
import { assertNotSlowed, clearFailures, countFailure } from "./slow-down";

const SESSION_DAYS = 7;

/**
 * Check a name and password and open a session; returns the session's id, the only thing the cookie carries.
 * A wrong name, a wrong password and a disabled user look and cost the same: AppError "not_signed_in".
 * Repeated failures: AppError "too_many" with the seconds to wait.
 */
export async function signIn({ ctx, input }: { ctx: Ctx; input: z.output<typeof signInSchema> }): Promise<string> {
  const keys = [`user:${input.username.toLowerCase()}`, ...(ctx.ip ? [`ip:${ctx.ip}`] : [])];
  await assertNotSlowed(ctx, keys);

  const [found] = await ctx.db
    .select({ id: user.id, name: user.username, role: user.role, hash: user.passwordHash, disabledAt: user.disabledAt })
    .from(user)
    .where(eq(sql`lower(${user.username})`, input.username.toLowerCase()));
  const matches = await verifyPassword(found?.hash ?? null, input.password);

  if (!found || !matches || found.disabledAt) {
    await ctx.db.transaction(async (tx) => {
      await countFailure(tx, ctx, keys);
      const entry = { action: "session.refused", targetKind: "user", outcome: "refused" as const };
      await recordAudit(tx, ctx, { ...entry, targetId: found?.id ?? "unknown", detail: { username: input.username } });
    });
    throw new AppError("not_signed_in", "wrong_sign_in");
  }

  return ctx.db.transaction(async (tx) => {
    await clearFailures(tx, keys);
    const now = ctx.now();
    const expiresAt = new Date(now.getTime() + SESSION_DAYS * 86_400_000);
    const [opened] = await tx
      .insert(session)
      .values({ userId: found.id, createdAt: now, lastSeenAt: now, expiresAt, ip: ctx.ip, userAgent: ctx.userAgent })
      .returning({ id: session.id });
    if (!opened) throw new AppError("internal");
    await tx.update(user).set({ lastSignInAt: now }).where(eq(user.id, found.id));
    const actor = { id: found.id, name: found.name, role: found.role, sessionId: opened.id };
    await recordAudit(tx, { ...ctx, actor }, { action: "session.opened", targetKind: "user", targetId: found.id });
    return opened.id;
  });
}

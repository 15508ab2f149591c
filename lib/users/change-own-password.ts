import "server-only";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { user } from "@/lib/db/schema";
import { assertGoodPassword } from "./assert-good-password";
import { forgetDevices } from "./known-devices";
import { revokeLinks } from "./one-time-links";
import { hashPassword, verifyPassword } from "./password";
import { revokeSessions } from "./revoke-sessions";
import type { changeOwnPasswordSchema } from "./schemas";
import { askedSecondFactor } from "./second-factor/read-second-factor";
import { clearAttempts, recordAttempt, sessionKeys } from "./sign-in-throttle";

type Call = { ctx: Ctx; input: z.output<typeof changeOwnPasswordSchema> };

/**
 * Set the caller's password after checking the current one; their other sessions and their links end, and other browsers
 * are unknown again. Failed attempts count for this session alone. AppErrors "bad_input" (fields `current`,
 * `password`), "too_many".
 */
export async function changeOwnPassword({ ctx, input }: Call): Promise<{ ended: number }> {
  const { id: userId, name, sessionId } = ctx.actor;
  if (!userId || !sessionId) throw new AppError("not_signed_in");
  // Before anything counts: who chooses a poor one has not guessed.
  const secondFactor = (await askedSecondFactor(ctx.db, userId)) !== null;
  await assertGoodPassword({ password: input.password, username: name, secondFactor });
  const keys = sessionKeys(sessionId);
  await recordAttempt(ctx, keys);
  const [found] = await ctx.db.select({ hash: user.passwordHash }).from(user).where(eq(user.id, userId));
  if (!found?.hash || !(await verifyPassword(found.hash, input.current))) {
    const entry = {
      action: "user.password_set",
      targetKind: "user",
      targetId: userId,
      outcome: "refused" as const,
      detail: { username: name },
    };
    await recordAudit(ctx.db, ctx, entry);
    throw new AppError("bad_input", "bad_input", { fields: { current: "wrong_password" } });
  }
  const was = found.hash;
  const passwordHash = await hashPassword(input.password);
  return ctx.db.transaction(async (tx) => {
    const unchanged = and(eq(user.id, userId), eq(user.passwordHash, was));
    const [set] = await tx.update(user).set({ passwordHash }).where(unchanged).returning({ id: user.id });
    if (!set) throw new AppError("conflict");
    await clearAttempts(tx, keys);
    const at = ctx.now();
    const ended = await revokeSessions(tx, { userId, except: sessionId, at });
    await forgetDevices(tx, { userId, except: sessionId });
    await revokeLinks(tx, { userId, at });
    const entry = {
      action: "user.password_set",
      targetKind: "user",
      targetId: userId,
      detail: { username: name, sessionsEnded: ended },
    };
    await recordAudit(tx, ctx, entry);
    return { ended };
  });
}

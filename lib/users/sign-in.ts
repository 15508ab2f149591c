import "server-only";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { user } from "@/lib/db/schema";
import { openSession } from "./open-session";
import { verifyPassword } from "./password";
import type { signInSchema } from "./schemas";
import { askedSecondFactor } from "./second-factor/read-second-factor";
import { issueTicket, SecondFactorNeeded } from "./second-factor/sign-in-tickets";
import { clearAttempts, recordAttempt, tryKeys } from "./sign-in-throttle";

/**
 * Check name and password and open a session; returns its id, the only content of the cookie. A wrong name, a wrong
 * password and a disabled user look and take the same: AppError "not_signed_in". Repeated failures: AppError "too_many"
 * with the seconds to wait. A user with a second factor gets no session yet: {@link SecondFactorNeeded}.
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

  const { id: userId, hash: passwordHash } = found;
  const methods = await askedSecondFactor(ctx.db, userId);
  if (methods) {
    const ticket = await issueTicket(ctx, { userId, passwordHash });
    await clearAttempts(ctx.db, keys);
    throw new SecondFactorNeeded(ticket, methods);
  }
  return ctx.db.transaction(async (tx) => {
    const opened = await openSession(tx, ctx, { userId, passwordHash });
    await clearAttempts(tx, keys);
    return opened;
  });
}

import "server-only";
import { and, eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { identity, user } from "@/lib/db/schema";
import { readProvider } from "../identities";
import { lockUser } from "../lock-user";
import { revokeSessions } from "../revoke-sessions";
import { callerOf } from "../second-factor/caller";

/**
 * The caller's account is no longer linked to the provider; their other sessions end. AppError "conflict" if they have no
 * password, so that it is their only way in.
 */
export async function unlinkIdentity({ ctx }: { ctx: Ctx }): Promise<{ ended: number }> {
  const { id: userId, name: username, sessionId } = callerOf(ctx);
  const issuer = readProvider()?.issuer;
  if (!issuer) throw new AppError("not_configured", "single_sign_on_off");
  return ctx.db.transaction(async (tx) => {
    await lockUser(tx, userId);
    const [found] = await tx.select({ hash: user.passwordHash }).from(user).where(eq(user.id, userId));
    if (!found?.hash) throw new AppError("conflict", "only_way_in");
    const own = and(eq(identity.userId, userId), eq(identity.issuer, issuer));
    const [removed] = await tx.delete(identity).where(own).returning({ label: identity.label });
    if (!removed) return { ended: 0 };
    const ended = await revokeSessions(tx, { userId, except: sessionId, at: ctx.now() });
    const detail = { username, identity: removed.label, sessionsEnded: ended };
    await recordAudit(tx, ctx, { action: "user.identity_unlinked", targetKind: "user", targetId: userId, detail });
    return { ended };
  });
}

import "server-only";
import { eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { passkey, recoveryCode, totp } from "@/lib/db/schema";
import { forgetDevices } from "../known-devices";
import { lockUser } from "../lock-user";
import { revokeSessions } from "../revoke-sessions";
import { hasSecondFactor } from "./read-second-factor";

type Call = { ctx: Ctx; input: { userId: string } };

/**
 * An administrator takes the whole second factor of a user away (lost device); their sessions end, and their browsers
 * are unknown again. One's own is removed on the account page instead, where its proof is asked for. AppErrors "not_found", "conflict" (oneself, or there is none).
 */
export async function resetSecondFactor({ ctx, input }: Call): Promise<{ ended: number }> {
  if (input.userId === ctx.actor.id) throw new AppError("conflict", "not_own_second_factor");
  return ctx.db.transaction(async (tx) => {
    const target = await lockUser(tx, input.userId);
    if (!(await hasSecondFactor(tx, target.id))) throw new AppError("conflict", "no_second_factor");
    await tx.delete(totp).where(eq(totp.userId, target.id));
    await tx.delete(passkey).where(eq(passkey.userId, target.id));
    await tx.delete(recoveryCode).where(eq(recoveryCode.userId, target.id));
    const ended = await revokeSessions(tx, { userId: target.id, at: ctx.now() });
    await forgetDevices(tx, { userId: target.id });
    const detail = { username: target.username, sessionsEnded: ended };
    await recordAudit(tx, ctx, { action: "second_factor.reset", targetKind: "user", targetId: target.id, detail });
    return { ended };
  });
}

import "server-only";
import { eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { passkey, recoveryCode, totp } from "@/lib/db/schema";
import { lockAdmins } from "./admins";
import { assertHasRole } from "./assert-has-role";
import { forgetDevices } from "./known-devices";
import { lockResettable } from "./lock-resettable";
import { consumeResetApproval } from "./reset-approval/consume-reset-approval";
import { revokeSessions } from "./revoke-sessions";

type Call = { ctx: Ctx; input: { userId: string } };

/**
 * An administrator takes the whole second factor of a user away (lost device); their sessions end, and their browsers
 * are unknown again. One's own is removed on the account page instead, where its proof is asked for. It needs an approval.
 * AppErrors "not_found", "forbidden", "conflict" (oneself, or there is none, or see consumeResetApproval).
 */
export async function resetSecondFactor({ ctx, input }: Call): Promise<{ ended: number }> {
  return ctx.db.transaction(async (tx) => {
    await lockAdmins(tx);
    await assertHasRole(tx, ctx.actor, "admin");
    const target = await lockResettable(tx, ctx, { kind: "second_factor_reset", userId: input.userId });
    const approval = await consumeResetApproval(tx, ctx, { kind: "second_factor_reset", target });
    await tx.delete(totp).where(eq(totp.userId, target.id));
    await tx.delete(passkey).where(eq(passkey.userId, target.id));
    await tx.delete(recoveryCode).where(eq(recoveryCode.userId, target.id));
    const ended = await revokeSessions(tx, { userId: target.id, at: ctx.now() });
    await forgetDevices(tx, { userId: target.id });
    const detail = { username: target.username, sessionsEnded: ended, ...approval };
    await recordAudit(tx, ctx, { action: "second_factor.reset", targetKind: "user", targetId: target.id, detail });
    return { ended };
  });
}

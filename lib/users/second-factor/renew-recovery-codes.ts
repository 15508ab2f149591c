import "server-only";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { lockUser } from "../lock-user";
import { callerOf } from "./caller";
import { hasSecondFactor } from "./read-second-factor";
import { issueRecoveryCodes } from "./recovery-codes";

/** Ten new recovery codes; the old ones stop working. AppError "conflict" without a second factor. */
export async function renewRecoveryCodes({ ctx }: { ctx: Ctx }): Promise<{ recoveryCodes: string[] }> {
  const { id: userId, name } = callerOf(ctx);
  return ctx.db.transaction(async (tx) => {
    // Locked before it is read: a removal at the same time takes its codes along.
    await lockUser(tx, userId);
    if (!(await hasSecondFactor(tx, userId))) throw new AppError("conflict", "no_second_factor");
    const recoveryCodes = await issueRecoveryCodes(tx, { userId, at: ctx.now() });
    const entry = { targetKind: "user", targetId: userId, detail: { username: name } };
    await recordAudit(tx, ctx, { action: "second_factor.recovery_codes_renewed", ...entry });
    return { recoveryCodes };
  });
}

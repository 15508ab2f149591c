import "server-only";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { callerOf } from "./caller";
import { issueRecoveryCodes } from "./recovery-codes";
import type { proveSchema } from "./schemas";
import { verifySecondFactor } from "./verify-second-factor";

type Call = { ctx: Ctx; input: z.output<typeof proveSchema> };

/** Ten new recovery codes after a proof; the old ones stop working. AppErrors as {@link verifySecondFactor}. */
export async function renewRecoveryCodes({ ctx, input }: Call): Promise<{ recoveryCodes: string[] }> {
  const { id: userId, name } = callerOf(ctx);
  await verifySecondFactor({ ctx, userId, proof: input.proof });
  return ctx.db.transaction(async (tx) => {
    const recoveryCodes = await issueRecoveryCodes(tx, { userId, at: ctx.now() });
    const entry = { targetKind: "user", targetId: userId, detail: { username: name } };
    await recordAudit(tx, ctx, { action: "second_factor.recovery_codes_renewed", ...entry });
    return { recoveryCodes };
  });
}

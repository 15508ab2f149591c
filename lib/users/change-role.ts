import "server-only";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { user } from "@/lib/db/schema";
import { assertAnotherAdmin } from "./admins";
import { mayWrite } from "./assert-may-write";
import { lockUser } from "./lock-user";
import type { PauseBatches, PausedBatches } from "./pause-batches";
import type { changeRoleSchema } from "./schemas";

type Input = { ctx: Ctx; input: z.output<typeof changeRoleSchema>; pauseBatches: PauseBatches };

/**
 * Change a user's role; it takes effect on their next request, and pauses their batches at once if they may not generate
 * any more. AppErrors "not_found", "conflict" (the last admin).
 */
export async function changeRole({ ctx, input, pauseBatches }: Input): Promise<PausedBatches> {
  return ctx.db.transaction(async (tx) => {
    // Before the user's own row, so that admins are always locked in the same order.
    if (input.role !== "admin") await assertAnotherAdmin(tx, input.userId);
    const target = await lockUser(tx, input.userId);
    if (target.role === input.role) return { pausedBatches: 0 };
    await tx.update(user).set({ role: input.role }).where(eq(user.id, target.id));
    const pausedBatches = mayWrite(input.role) ? 0 : await pauseBatches(tx, ctx, target.id);
    const detail = { username: target.username, from: target.role, to: input.role, pausedBatches };
    await recordAudit(tx, ctx, { action: "user.role_changed", targetKind: "user", targetId: target.id, detail });
    return { pausedBatches };
  });
}

import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { assertAnotherAdmin, lockAdmins } from "./admins";
import { assertHasRole } from "./assert-has-role";
import { lockUser } from "./lock-user";
import type { PauseBatches, PausedBatches } from "./pause-batches";
import type { changeRoleSchema } from "./schemas";
import { setRole } from "./set-role";

type Input = { ctx: Ctx; input: z.output<typeof changeRoleSchema>; pauseBatches: PauseBatches };

/**
 * Change a user's role; it takes effect on their next request, and pauses their batches at once if they may not generate
 * any more. AppErrors "not_found", "conflict" (the last admin).
 */
export async function changeRole({ ctx, input, pauseBatches }: Input): Promise<PausedBatches> {
  return ctx.db.transaction(async (tx) => {
    // Before the user's own row, so that admins are always locked in the same order.
    if (input.role === "admin") await lockAdmins(tx);
    else await assertAnotherAdmin(tx, input.userId);
    await assertHasRole(tx, ctx.actor, "admin");
    const target = await lockUser(tx, input.userId);
    return setRole(tx, ctx, { target, role: input.role, pauseBatches });
  });
}

import "server-only";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { user } from "@/lib/db/schema";
import { assertAnotherAdmin } from "./admins";
import { assertHasRole } from "./assert-has-role";
import { lockUser } from "./lock-user";
import type { PauseBatches, PausedBatches } from "./pause-batches";
import type { userIdSchema } from "./schemas";
import { stopAccess } from "./stop-access";

type Input = { ctx: Ctx; input: z.output<typeof userIdSchema>; pauseBatches: PauseBatches };

/**
 * Disable a user, revoke their sessions and links and pause their batches, in one transaction; their next request is
 * refused. AppErrors "not_found", "conflict" (the last admin, or the caller).
 */
export async function disableUser({ ctx, input, pauseBatches }: Input): Promise<PausedBatches> {
  if (input.userId === ctx.actor.id) throw new AppError("conflict", "not_oneself");
  return ctx.db.transaction(async (tx) => {
    await assertAnotherAdmin(tx, input.userId);
    // Of two who disable each other at once the second is no administrator any more.
    await assertHasRole(tx, ctx.actor, "admin");
    const target = await lockUser(tx, input.userId);
    if (target.disabled) return { pausedBatches: 0 };
    await tx.update(user).set({ disabledAt: ctx.now() }).where(eq(user.id, target.id));
    const { sessionsEnded, pausedBatches } = await stopAccess(tx, ctx, { userId: target.id, pauseBatches });
    const detail = { username: target.username, sessionsEnded, pausedBatches };
    await recordAudit(tx, ctx, { action: "user.disabled", targetKind: "user", targetId: target.id, detail });
    return { pausedBatches };
  });
}

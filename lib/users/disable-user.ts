import "server-only";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { user } from "@/lib/db/schema";
import { assertAnotherAdmin } from "./admins";
import { lockUser } from "./lock-user";
import { revokeLinks } from "./one-time-links";
import { revokeSessions } from "./revoke-sessions";
import type { userIdSchema } from "./schemas";

/**
 * Shut a user out: his sessions and links end in the same transaction, his next click is refused. AppErrors
 * "not_found", "conflict" (the last admin, or oneself).
 */
export async function disableUser({ ctx, input }: { ctx: Ctx; input: z.output<typeof userIdSchema> }): Promise<null> {
  if (input.userId === ctx.actor.id) throw new AppError("conflict", "not_oneself");
  return ctx.db.transaction(async (tx) => {
    await assertAnotherAdmin(tx, input.userId);
    const whose = await lockUser(tx, input.userId);
    if (whose.disabled) return null;
    const at = ctx.now();
    await tx.update(user).set({ disabledAt: at }).where(eq(user.id, whose.id));
    const sessionsEnded = await revokeSessions(tx, { userId: whose.id, at });
    await revokeLinks(tx, { userId: whose.id, at });
    const detail = { username: whose.username, sessionsEnded };
    await recordAudit(tx, ctx, { action: "user.disabled", targetKind: "user", targetId: whose.id, detail });
    return null;
  });
}

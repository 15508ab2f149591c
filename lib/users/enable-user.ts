import "server-only";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { user } from "@/lib/db/schema";
import { assertHasRole } from "./assert-has-role";
import { lockUser } from "./lock-user";
import type { userIdSchema } from "./schemas";

/** Re-enable a user; password and role are unchanged. AppError "not_found". */
export async function enableUser({ ctx, input }: { ctx: Ctx; input: z.output<typeof userIdSchema> }): Promise<null> {
  return ctx.db.transaction(async (tx) => {
    await assertHasRole(tx, ctx.actor, "admin");
    const target = await lockUser(tx, input.userId);
    if (!target.disabled) return null;
    await tx.update(user).set({ disabledAt: null }).where(eq(user.id, target.id));
    const detail = { username: target.username };
    await recordAudit(tx, ctx, { action: "user.enabled", targetKind: "user", targetId: target.id, detail });
    return null;
  });
}

import "server-only";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { user } from "@/lib/db/schema";
import { assertAnotherAdmin } from "./admins";
import { lockUser } from "./lock-user";
import type { changeRoleSchema } from "./schemas";

/** Change a user's role; it takes effect on their next request. AppErrors "not_found", "conflict" (the last admin). */
export async function changeRole({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof changeRoleSchema>;
}): Promise<null> {
  return ctx.db.transaction(async (tx) => {
    // Before the user's own row, so that admins are always locked in the same order.
    if (input.role !== "admin") await assertAnotherAdmin(tx, input.userId);
    const target = await lockUser(tx, input.userId);
    if (target.role === input.role) return null;
    await tx.update(user).set({ role: input.role }).where(eq(user.id, target.id));
    const detail = { username: target.username, from: target.role, to: input.role };
    await recordAudit(tx, ctx, { action: "user.role_changed", targetKind: "user", targetId: target.id, detail });
    return null;
  });
}

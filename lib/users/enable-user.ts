import "server-only";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { user } from "@/lib/db/schema";
import { lockUser } from "./lock-user";
import type { userIdSchema } from "./schemas";

/** Let a disabled user in again, with his old password and role. AppError "not_found". */
export async function enableUser({ ctx, input }: { ctx: Ctx; input: z.output<typeof userIdSchema> }): Promise<null> {
  return ctx.db.transaction(async (tx) => {
    const whose = await lockUser(tx, input.userId);
    if (!whose.disabled) return null;
    await tx.update(user).set({ disabledAt: null }).where(eq(user.id, whose.id));
    const detail = { username: whose.username };
    await recordAudit(tx, ctx, { action: "user.enabled", targetKind: "user", targetId: whose.id, detail });
    return null;
  });
}

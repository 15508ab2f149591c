import "server-only";
import { eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { totp } from "@/lib/db/schema";
import { callerOf } from "./caller";
import { dropOrphanedCodes } from "./drop-orphaned-codes";

/** Remove the caller's authenticator app. */
export async function removeTotp({ ctx }: { ctx: Ctx }): Promise<null> {
  const { id: userId, name } = callerOf(ctx);
  return ctx.db.transaction(async (tx) => {
    const removed = await tx.delete(totp).where(eq(totp.userId, userId)).returning({ userId: totp.userId });
    if (removed.length === 0) return null;
    await dropOrphanedCodes(tx, userId);
    const entry = { targetKind: "user", targetId: userId, detail: { username: name } };
    await recordAudit(tx, ctx, { action: "second_factor.app_removed", ...entry });
    return null;
  });
}

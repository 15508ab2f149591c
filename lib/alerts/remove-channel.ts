import "server-only";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { alertChannel } from "@/lib/db/schema";
import type { channelSchema } from "./schemas";

/** Remove a channel with what it was to be told and its log. AppError "not_found". */
export async function removeChannel({ ctx, input }: { ctx: Ctx; input: z.output<typeof channelSchema> }) {
  await ctx.db.transaction(async (tx) => {
    const [gone] = await tx.delete(alertChannel).where(eq(alertChannel.id, input.channelId)).returning();
    if (!gone) throw new AppError("not_found");
    const { name, kind, shown } = gone;
    await recordAudit(tx, ctx, {
      action: "alert_channel.removed",
      targetKind: "alert_channel",
      targetId: input.channelId,
      detail: { name, kind, shown },
    });
  });
}

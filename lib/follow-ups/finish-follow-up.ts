import "server-only";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { changeOpen } from "./change-open";
import type { finishFollowUpSchema } from "./schemas";

/** Say that it is done; a shift finishes what belongs to any of its people. Throws AppError "not_found", "conflict". */
export async function finishFollowUp({
  ctx,
  input: { followUpId },
}: {
  ctx: Ctx;
  input: z.output<typeof finishFollowUpSchema>;
}): Promise<null> {
  await ctx.db.transaction(async (tx) => {
    const changes = { state: "done" as const, finishedAt: ctx.now(), finishedByName: ctx.actor.name };
    const { cardId } = await changeOpen(tx, followUpId, changes);
    const about = { cards: [cardId] };
    const detail = { followUpId };
    await recordAudit(tx, ctx, { action: "follow_up.finished", targetKind: "card", targetId: cardId, detail, about });
  });
  return null;
}

import "server-only";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { changeOpen } from "./change-open";
import { colleagueOf } from "./colleagues";
import type { handOverFollowUpSchema } from "./schemas";

/** Give an open one to a colleague, or take it over. Throws AppError "not_found", "conflict". */
export async function handOverFollowUp({
  ctx,
  input: { followUpId, to },
}: {
  ctx: Ctx;
  input: z.output<typeof handOverFollowUpSchema>;
}): Promise<null> {
  await ctx.db.transaction(async (tx) => {
    const colleague = await colleagueOf(tx, to);
    const { cardId } = await changeOpen(tx, followUpId, { assignedTo: colleague.id });
    const about = { cards: [cardId] };
    const detail = { followUpId, assignedTo: colleague.name };
    await recordAudit(tx, ctx, {
      action: "follow_up.handed_over",
      targetKind: "card",
      targetId: cardId,
      detail,
      about,
    });
  });
  return null;
}

import "server-only";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { cardTag } from "@/lib/db/schema";
import { tagKeyOf } from "@/lib/format/tags";
import { assertHasRole } from "@/lib/users";
import type { tagSchema } from "../schemas";

/** Take a tag off a card; that it was there stays in the audit. Throws AppError "conflict" if it is not there (any more). */
export async function removeTag({
  ctx,
  input: { cardId, tag },
}: {
  ctx: Ctx;
  input: z.output<typeof tagSchema>;
}): Promise<null> {
  await ctx.db.transaction(async (tx) => {
    await assertHasRole(tx, ctx.actor, "support");
    const [removed] = await tx
      .delete(cardTag)
      .where(and(eq(cardTag.cardId, cardId), eq(cardTag.key, tagKeyOf(tag))))
      .returning({ tag: cardTag.tag });
    if (!removed) throw new AppError("conflict", "tag_gone");
    const about = { cards: [cardId] };
    await recordAudit(tx, ctx, {
      ...{ action: "card.untagged", targetKind: "card", targetId: cardId, detail: { tag: removed.tag }, about },
    });
  });
  return null;
}

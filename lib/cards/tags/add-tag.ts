import "server-only";
import { count, eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { lockInTransaction } from "@/lib/db/lock-in-transaction";
import { card, cardTag } from "@/lib/db/schema";
import { tagKeyOf } from "@/lib/format/tags";
import { assertHasRole } from "@/lib/users";
import type { tagSchema } from "../schemas";
import { MAX_TAGS } from "../types";

/**
 * Put a tag of ours on a card. Throws AppError "not_found" for an id no card has, "conflict" for a tag it has already,
 * "too_many" above {@link MAX_TAGS}.
 */
export async function addTag({
  ctx,
  input: { cardId, tag },
}: {
  ctx: Ctx;
  input: z.output<typeof tagSchema>;
}): Promise<null> {
  await ctx.db.transaction(async (tx) => {
    await assertHasRole(tx, ctx.actor, "support");
    // Of two at once the second counts the first.
    await lockInTransaction(tx, `cardesk.tags.${cardId}`);
    const [known] = await tx.select({ id: card.id }).from(card).where(eq(card.id, cardId));
    if (!known) throw new AppError("not_found", "card_not_found");
    const [own] = await tx.select({ tags: count() }).from(cardTag).where(eq(cardTag.cardId, cardId));
    if (own && own.tags >= MAX_TAGS) throw new AppError("too_many", "too_many_tags", { params: { limit: MAX_TAGS } });
    const added = await tx
      .insert(cardTag)
      .values({ cardId, key: tagKeyOf(tag), tag, addedAt: ctx.now() })
      .onConflictDoNothing()
      .returning({ tag: cardTag.tag });
    if (added.length === 0) throw new AppError("conflict", "tag_there", { fields: { tag: "tag_there" } });
    const about = { cards: [cardId] };
    await recordAudit(tx, ctx, {
      ...{ action: "card.tagged", targetKind: "card", targetId: cardId, detail: { tag }, about },
    });
  });
  return null;
}

import "server-only";
import { mirrorCards } from "@/lib/cards/mirror/mirror-cards";
import type { Card } from "@/lib/cards/types";
import type { Ctx } from "@/lib/context";
import { atMost } from "@/lib/core/concurrency/map-concurrent";
import type { CardSnapshot } from "@/lib/operations/types";
import { espai } from "@/lib/upstream/espai/client";

/** As many as the upstream's gate lets through: a read that only waits for its place would use up its deadline. */
const AT_ONCE = 4;

/**
 * Read cards from the upstream, now, and mirror what came. A card the upstream does not list is null.
 * Throws UpstreamError if any of them could not be read: a failed read is never "gone".
 */
export async function readCardsLive(ctx: Ctx, ids: readonly string[]): Promise<(Card | null)[]> {
  const at = ctx.now();
  const cards = await atMost(AT_ONCE, ids, (id) => espai().readCardById(id));
  const found = cards.filter((card) => card !== null);
  if (found.length) await mirrorCards(ctx.db, found, { at, source: "read" });
  return cards;
}

export const snapshot = (card: Card): CardSnapshot => ({
  id: card.id,
  code: card.code,
  phone: card.phone,
  userName: card.userName,
  type: card.type,
  balance: card.balance,
});

/** Whether a card is still what the preview showed: owner, code, type and balance. The nickname may change. */
export const isAsPreviewed = (card: Card, seen: CardSnapshot): boolean =>
  card.id === seen.id &&
  card.code === seen.code &&
  card.phone === seen.phone &&
  card.type === seen.type &&
  card.balance === seen.balance;

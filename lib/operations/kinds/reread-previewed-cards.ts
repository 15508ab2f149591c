import "server-only";
import { readCardsLive } from "@/lib/cards";
import type { Card } from "@/lib/cards/types";
import type { Ctx } from "@/lib/context";
import { UpstreamError } from "@/lib/upstream";
import type { CardSnapshot } from "../operation";
import type { Revalidation } from "../operation-kind";

/** Live cards in the order asked for, or why the operation must go back to its preview. */
type Reread = { ok: true; cards: Card[] } | Extract<Revalidation, { ok: false }>;

export const cardGone = { ok: false, reason: "card_gone", details: null } as const;

/** Read previewed cards live once more. Not ok if one could not be read, is gone, or `isAcceptable` does not take it any more. */
export async function rereadPreviewedCards(
  ctx: Ctx,
  previewed: readonly CardSnapshot[],
  isAcceptable: (card: Card, seen: CardSnapshot) => boolean,
): Promise<Reread> {
  let read: (Card | null)[];
  try {
    read = await readCardsLive(
      ctx,
      previewed.map((card) => card.id),
    );
  } catch (error) {
    const details = error instanceof UpstreamError ? (error.details ?? null) : null;
    return { ok: false, reason: "read_failed", details };
  }
  const cards = read.filter((card) => card !== null);
  if (cards.length < previewed.length) return cardGone;
  const acceptable = cards.every((card, i) => {
    const seen = previewed[i];
    return seen && isAcceptable(card, seen);
  });
  return acceptable ? { ok: true, cards } : { ok: false, reason: "changed", details: null };
}

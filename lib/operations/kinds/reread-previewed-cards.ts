import "server-only";
import { readCardsLive } from "@/lib/cards";
import type { Card } from "@/lib/cards/types";
import type { Ctx } from "@/lib/context";
import { UpstreamError } from "@/lib/upstream";
import type { CardSnapshot } from "../operation";
import type { Revalidation } from "../operation-kind";
import { isAsPreviewed } from "./card-snapshot";

/** Live cards in the order asked for, or why the operation must go back to its preview. */
type Reread = { ok: true; cards: Card[] } | Extract<Revalidation, { ok: false }>;

export const cardGone = { ok: false, reason: "card_gone", details: null } as const;

/** Read previewed cards live once more. Not ok if one could not be read, is gone, or is not as previewed any more. */
export async function rereadPreviewedCards(ctx: Ctx, previewed: readonly CardSnapshot[]): Promise<Reread> {
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
  const same = cards.every((card, i) => {
    const seen = previewed[i];
    return seen && isAsPreviewed(card, seen);
  });
  return same ? { ok: true, cards } : { ok: false, reason: "changed", details: null };
}

import type { Card } from "@/lib/cards/types";
import type { CardSnapshot } from "../operation";

/** A card as a preview keeps it. */
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

import type { Balance, Card } from "@/lib/cards/types";
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

/** Whether a card is still the one of the preview: same owner, code and type. The nickname may change; what is not known is not the same. */
const isSameCard = (card: Card, seen: CardSnapshot): boolean =>
  card.id === seen.id && card.code === seen.code && card.phone === seen.phone && card.type === seen.type;

/** Whether a card is exactly what the preview showed, its balance included. */
export const isAsPreviewed = (card: Card, seen: CardSnapshot): boolean =>
  isSameCard(card, seen) && card.balance === seen.balance;

/** Whether a card is what the preview showed, or was only used since: end users consume, so a balance may fall by itself. */
export const isAsPreviewedOrUsed = (card: Card, seen: CardSnapshot): boolean =>
  isAsPreviewed(card, seen) || (isSameCard(card, seen) && hasFallen(card.balance, seen.balance));

const hasFallen = (balance: Balance, seen: Balance): boolean =>
  typeof balance === "number" && typeof seen === "number" && balance < seen;

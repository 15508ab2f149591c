import "server-only";
import type { Balance } from "@/lib/cards/types";
import { maskCode } from "@/lib/format/masks";
import { maskPhone } from "@/lib/format/phones";
import type { CardSnapshot } from "./operation";

/** A card in a preview, a receipt or an operation: phone and code are masked; the id leads to the card's page. */
export type CardSide = {
  id: string;
  maskedCode: string;
  maskedPhone: string | null;
  userName: string | null;
  type: string;
  balance: Balance;
  /** What was sealed of it can't be opened: then phone and code are not known. */
  unreadable?: true;
};

/** A card as a screen may show it, masked as in the card list. */
export const cardSide = (card: CardSnapshot): CardSide => ({
  id: card.id,
  maskedCode: card.code === null ? "" : maskCode(card.code),
  maskedPhone: card.phone && maskPhone(card.phone),
  userName: card.userName,
  type: card.type,
  balance: card.balance,
  ...(card.code === null && { unreadable: true as const }),
});

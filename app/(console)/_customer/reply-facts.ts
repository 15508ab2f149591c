import type { Customer, CustomerCard } from "@/lib/customers/types";
import type { ReplyFacts } from "@/lib/format/replies/render-reply";

/** Cards a reply can be about: one that is gone has nothing left to tell. */
export const listedCards = ({ cards }: Customer): CustomerCard[] => cards.filter(({ gone }) => !gone);

/** What a reply may say of this customer, about one of their own cards. Nothing of `others`: whose those are is not certain. */
export function replyFactsOf(customer: Customer, cardId: string | null): ReplyFacts {
  const cards = listedCards(customer);
  const card = cards.find(({ id }) => id === cardId) ?? null;
  const { totals, userName, maskedPhone } = customer;
  return {
    userName: card?.userName ?? userName,
    maskedPhone: card?.maskedPhone ?? maskedPhone,
    cards,
    count: totals.cards,
    total: { calls: totals.calls, unlimited: totals.unlimited > 0, unread: totals.unread },
    card,
    transfer: card?.lastTransfer ?? null,
    pending: card?.lock ?? null,
  };
}

/** The card a reply is about until another is chosen: the only one, or the one with an open outcome. */
export function firstCard(customer: Customer): string | null {
  const cards = listedCards(customer);
  return (cards.find(({ lock }) => lock) ?? cards[0])?.id ?? null;
}

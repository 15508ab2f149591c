import { FollowUpsPanel } from "@/app/(console)/_follow-ups/follow-ups-panel";
import type { Customer } from "@/lib/customers/types";
import { NotesPanel } from "./notes-panel";
import { OtherCards } from "./other-cards";
import { useFollowedCards } from "./use-followed-cards";

type Props = { customer: Customer; cardId: string; self: string };

/** What a card's page says of its customer: their other cards, what was promised about this one, and notes. */
export function CustomerPanels({ customer, cardId, self }: Props) {
  const followed = useFollowedCards({ cards: customer.cards.filter(({ id }) => id === cardId) });
  return (
    <>
      <OtherCards customer={customer} cardId={cardId} />
      <FollowUpsPanel cards={followed} self={self} />
      <NotesPanel about={{ cardId }} notes={customer.notes} />
    </>
  );
}

import { useCardTypeName } from "@/app/(console)/_components/card/use-card-type-name";
import type { FollowedCard } from "@/app/(console)/_follow-ups/open-follow-up-dialog";
import type { Customer } from "@/lib/customers/types";

/** A customer's cards as what a follow-up can be bound to, each with the operation whose outcome can be waited for. */
export function useFollowedCards({ cards }: Pick<Customer, "cards">): FollowedCard[] {
  const typeName = useCardTypeName();
  return cards.map(({ id, maskedCode, type, lockedBy }) => ({
    id,
    label: `${maskedCode} ${typeName(type)}`,
    operationId: lockedBy,
  }));
}

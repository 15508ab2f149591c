import Link from "next/link";
import { CardState } from "@/app/(console)/_components/card/card-state";
import { CardTypeBadge } from "@/app/(console)/_components/card/card-type-badge";
import { Amount } from "@/components/ui/value/amount";
import type { CustomerCard } from "@/lib/customers/types";

/** Cards in brief, each a link. */
export function CardLines({ cards }: { cards: readonly CustomerCard[] }) {
  return (
    <ul className="px-4">
      {cards.map((card) => (
        <li key={card.id} className="flex min-h-9 flex-wrap items-center gap-x-3 border-line py-1 not-last:border-b">
          <Link href={`/cards/${card.id}`} prefetch={false} className="font-mono text-accent hover:underline">
            {card.maskedCode}
          </Link>
          <CardTypeBadge type={card.type} />
          <CardState card={card} />
          <span className="ms-auto">
            <Amount value={card.balance} />
          </span>
        </li>
      ))}
    </ul>
  );
}

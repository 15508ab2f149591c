import Link from "next/link";
import { TimelinePanel } from "@/app/(console)/_timeline/timeline-panel";
import type { CustomerCard } from "@/lib/customers/types";

/** What happened to all their cards, as one line. */
export function CustomerTimeline({ cards }: { cards: readonly CustomerCard[] }) {
  const codes = new Map(cards.map(({ id, maskedCode }) => [id, maskedCode]));
  return (
    <TimelinePanel
      cardIds={[...codes.keys()]}
      nameOf={(id) => (
        <Link href={`/cards/${id}`} prefetch={false} className="font-mono text-accent hover:underline">
          {codes.get(id) ?? id}
        </Link>
      )}
    />
  );
}

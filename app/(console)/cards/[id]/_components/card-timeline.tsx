import { useMemo } from "react";
import { TimelinePanel } from "@/app/(console)/_timeline/timeline-panel";
import type { CardDetail } from "@/lib/cards/types";
import { CardBalanceHistory } from "./card-balance-history";

/** The line of time of one card, with its balance drawn above. */
export function CardTimeline({ card }: { card: Pick<CardDetail, "id" | "history" | "readAt"> }) {
  const cardIds = useMemo(() => [card.id], [card.id]);
  return (
    <TimelinePanel cardIds={cardIds}>
      <CardBalanceHistory history={card.history} readAt={card.readAt} />
    </TimelinePanel>
  );
}

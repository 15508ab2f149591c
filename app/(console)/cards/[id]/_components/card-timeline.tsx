import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { TimelinePanel } from "@/app/(console)/_timeline/timeline-panel";
import { ButtonLink } from "@/components/ui/button/button-link";
import type { CardDetail } from "@/lib/cards/types";
import { CardBalanceHistory } from "./card-balance-history";

/** The line of time of one card, with its balance drawn above; its operations alone are a list of their own. */
export function CardTimeline({ card }: { card: Pick<CardDetail, "id" | "history" | "readAt"> }) {
  const t = useTranslations("timeline");
  const cardIds = useMemo(() => [card.id], [card.id]);
  return (
    <TimelinePanel
      cardIds={cardIds}
      more={
        <ButtonLink href={`/operations?card=${card.id}`} variant="ghost" size="sm" prefetch={false}>
          {t("allOperations")}
        </ButtonLink>
      }
    >
      <CardBalanceHistory history={card.history} readAt={card.readAt} />
    </TimelinePanel>
  );
}

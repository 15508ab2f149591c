import Link from "next/link";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { CardRow } from "@/lib/cards/types";

/** A card's state: redeemed or not, gone, or locked by an operation, with a link to it. */
export function CardState({ card }: { card: Pick<CardRow, "gone" | "inDoubt" | "lockedBy" | "maskedPhone"> }) {
  const t = useTranslations("cards");
  if (card.lockedBy) {
    return (
      <Link href={`/operations/${card.lockedBy}`} prefetch={false} title={t("heldHint")}>
        <Badge tone={card.inDoubt ? "unknown" : "warning"} icon="lock">
          {t(card.inDoubt ? "state.inDoubt" : "state.held")}
        </Badge>
      </Link>
    );
  }
  if (card.gone) return <Badge icon="minus">{t("state.gone")}</Badge>;
  return (
    <span className={card.maskedPhone === null ? "text-faint" : "text-soft"}>
      {t(card.maskedPhone === null ? "state.unredeemed" : "state.redeemed")}
    </span>
  );
}

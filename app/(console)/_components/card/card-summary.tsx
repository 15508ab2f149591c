import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Amount } from "@/components/ui/value/amount";
import type { CardSide } from "@/lib/operations";
import { CardTypeBadge } from "./card-type-badge";

/** `unread`: what stands for a balance that is not known here. */
type Props = { card: CardSide; unread?: string; children?: ReactNode };

/** A card in one line: user, code, type, balance. */
export function CardSummary({ card, unread, children }: Props) {
  const t = useTranslations("transfer");
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 rounded-md border border-line px-3 py-2">
      <bdi className="min-w-0 max-w-full truncate font-medium">{card.userName ?? card.maskedPhone ?? "—"}</bdi>
      <span className="font-mono text-faint text-sm">{card.maskedCode}</span>
      {card.userName && card.maskedPhone && <span className="text-faint text-sm">{card.maskedPhone}</span>}
      <CardTypeBadge type={card.type} />
      <span className="ms-auto whitespace-nowrap">
        {card.balance === null && unread ? (
          <span className="text-faint text-sm">{unread}</span>
        ) : (
          <Amount value={card.balance} />
        )}{" "}
        {typeof card.balance === "number" && (
          <span className="text-faint text-sm">{t("unit", { count: card.balance })}</span>
        )}
      </span>
      {children}
    </div>
  );
}

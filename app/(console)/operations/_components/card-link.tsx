import Link from "next/link";
import { useTranslations } from "next-intl";
import type { CardSide } from "@/lib/operations";

/** A card in an operation: nickname or masked phone, and the end of its code; links to the card. */
export function CardLink({ card }: { card: CardSide }) {
  const t = useTranslations("operations");
  return (
    <Link href={`/cards/${card.id}`} className="inline-flex min-w-0 max-w-full items-baseline gap-1.5 hover:underline">
      <bdi className="truncate">{card.userName ?? card.maskedPhone ?? "—"}</bdi>
      <span className="whitespace-nowrap font-mono text-faint text-sm">
        {card.unreadable ? t("cardUnreadable") : card.maskedCode}
      </span>
    </Link>
  );
}

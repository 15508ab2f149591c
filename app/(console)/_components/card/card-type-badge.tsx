import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";

const NAMED = ["0", "1", "2", "3", "4", "5"] as const;

/** A card's type by name; an undocumented type is shown as it is. */
export function CardTypeBadge({ type }: { type: string }) {
  const t = useTranslations("cards");
  const known = NAMED.find((name) => name === type);
  return (
    <Badge tone={known === "0" ? "neutral" : "accent"}>
      {known ? t(`type.${known}`) : t("type.unknown", { type })}
    </Badge>
  );
}

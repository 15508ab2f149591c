import { useTranslations } from "next-intl";

const NAMED = ["0", "1", "2", "3", "4", "5"] as const;

/** The name of a card type; an undocumented type is shown as it is. */
export function useCardTypeName(): (type: string) => string {
  const t = useTranslations("cards");
  return (type) => {
    const known = NAMED.find((name) => name === type);
    return known ? t(`type.${known}`) : t("type.unknown", { type });
  };
}

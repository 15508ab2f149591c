import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { cardTypeKey } from "@/lib/cards/types";

/** The name of a card type; an undocumented type is shown as it is. Stable, so that columns don't change. */
export function useCardTypeName(): (type: string) => string {
  const t = useTranslations("types.card");
  return useCallback((type) => t(cardTypeKey(type), { type }), [t]);
}

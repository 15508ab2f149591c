import { useTranslations } from "next-intl";
import { useCallback } from "react";

/** The name of a card type; an undocumented type is shown as it is. Stable, so that columns don't change. */
export function useCardTypeName(): (type: string) => string {
  const t = useTranslations("overview");
  type Key = Parameters<typeof t.has>[0];
  return useCallback(
    (type: string) => {
      const key = `cardType.${type}` as Key;
      return /^\d$/.test(type) && t.has(key) ? t(key as never) : t("unknownType", { type });
    },
    [t],
  );
}

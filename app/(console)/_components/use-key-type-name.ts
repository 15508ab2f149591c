import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { keyTypeKey } from "@/lib/keys/types";

/** The name of a key type; an undocumented type stays a number. */
export function useKeyTypeName(): (type: number) => string {
  const t = useTranslations("types.key");
  return useCallback((type) => t(`${keyTypeKey(type)}`, { type: String(type) }), [t]);
}
